package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
)

// play is what a second process does; it gives the exit status.
func play(role, file string) int {
	ctx := context.Background()
	log, err := Open(ctx, file)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	switch role {
	case "open":
		err = log.Close()
	case "fill": // then wait to be killed
		var head eventlog.Head
		for err == nil && head.Last < singles {
			if head, err = grow(ctx, log, "qa", head); err == nil {
				fmt.Println(head.Last)
			}
		}
		if err == nil {
			if err = log.Append(ctx, "qa", head, batch()); err == nil {
				fmt.Println("filled")
				time.Sleep(time.Minute)
			}
		}
	case "append": // until killed, telling each acknowledged record
		failed := make(chan error)
		for writer := range writers {
			go func() {
				world := fmt.Sprintf("world-%d", writer)
				head, err := log.Head(ctx, world)
				for err == nil {
					if head, err = grow(ctx, log, world, head); err == nil {
						fmt.Println(writer, head.Last)
					}
				}
				failed <- err
			}()
		}
		err = <-failed
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// grow puts one more record behind a head, or makes the world of it.
func grow(ctx context.Context, log *Log, world string, head eventlog.Head) (eventlog.Head, error) {
	data := record(world, head.Last+1)
	if head.Log == 0 {
		return log.Create(ctx, world, eventlogtest.Each(data))
	}
	err := log.Append(ctx, world, head, [][]byte{data})
	return eventlog.Head{Log: head.Log, Last: head.Last + 1}, err
}

const writers = 8

// second is a second process in a role.
func second(t *testing.T, role, file string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "EVENTLOG_TEST_ROLE="+role, "EVENTLOG_TEST_FILE="+file)
	return cmd
}

func TestAKilledProcessKeepsItsWord(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	acknowledged := map[string]eventlog.Position{}
	for round := range 3 {
		cmd := second(t, "append", file)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		lines := bufio.NewScanner(out)
		for seen := 0; lines.Scan(); seen++ {
			var writer int
			var position eventlog.Position
			_, err := fmt.Sscan(lines.Text(), &writer, &position)
			require.NoError(t, err, lines.Text())
			acknowledged[fmt.Sprintf("world-%d", writer)] = position
			if seen == 200+round*57 {
				require.NoError(t, cmd.Process.Kill())
			}
		}
		require.Error(t, cmd.Wait(), "killed")
		require.Contains(t, files(t, file), "sim.db-wal", "else nothing is tried")

		log := mustOpen(t, file)
		require.NotContains(t, files(t, file), "sim.db-shm")
		for world, last := range acknowledged {
			var seen eventlog.Position
			for r, err := range log.Read(t.Context(), world, eventlog.Head{}) {
				require.NoError(t, err)
				seen = r.Position
				require.Equal(t, string(record(world, seen)), string(r.Data))
			}
			require.GreaterOrEqual(t, seen, last, world)
		}
		require.NoError(t, log.Close())
	}
	require.Len(t, acknowledged, writers)
}

func TestASecondProcessIsRefused(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	log := mustOpen(t, file)
	head := fill(t, log, "qa", 2)
	for range 2 {
		out, err := second(t, "open", file).Output()
		require.Error(t, err)
		require.Contains(t, string(out), file+" is in use: another process has it open")
		_, err = Open(t.Context(), file) // nor this process: and the lock must outlive the refusal
		require.ErrorContains(t, err, "is in use")
	}
	extend(t, log, "qa", head, 3)
	require.NoError(t, log.Close())
	out, err := second(t, "open", file).Output()
	require.NoError(t, err, string(out))
	requireFilled(t, file, "qa", 3)
}
