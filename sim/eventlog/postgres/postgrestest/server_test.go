package postgrestest

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// TestMain lets the test binary play a process that starts a server and is killed.
func TestMain(m *testing.M) {
	if os.Getenv("POSTGRESTEST_ROLE") == "start" {
		s, err := start(programs(), false)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(s.folder, s.port)
		time.Sleep(time.Minute)
	}
	m.Run()
}

func TestAServerEndsWithItsProcess(t *testing.T) {
	t.Parallel()
	find(t)
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "POSTGRESTEST_ROLE=start")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	var folder string
	var port int
	_, err = fmt.Sscan(line, &folder, &port)
	require.NoError(t, err, line)
	require.DirExists(t, folder)
	require.NoError(t, cmd.Process.Kill())
	require.Error(t, cmd.Wait())
	require.Eventually(t, func() bool {
		_, err := os.Stat(folder)
		return os.IsNotExist(err)
	}, 30*time.Second, 10*time.Millisecond)
	_, err = net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	require.Error(t, err)
}

func TestAServerStartsAgainWithWhatItHad(t *testing.T) {
	t.Parallel()
	s := New(t, false)
	database := s.Database(t)
	do(t, database, `CREATE TABLE kept (n int)`)
	for range 2 {
		s.Kill(t)
		_, err := pgx.Connect(t.Context(), database)
		require.Error(t, err)
		s.Start(t)
		do(t, database, `INSERT INTO kept VALUES (1)`)
	}
}

func TestDurableMeansSynced(t *testing.T) {
	t.Parallel()
	for durable, want := range map[bool]string{true: "on", false: "off"} {
		conn, err := pgx.Connect(t.Context(), New(t, durable).Database(t))
		require.NoError(t, err)
		var fsync string
		require.NoError(t, conn.QueryRow(t.Context(), `SHOW fsync`).Scan(&fsync))
		require.Equal(t, want, fsync)
		require.NoError(t, conn.Close(t.Context()))
	}
}

func TestAProxyFailsAsANetworkDoes(t *testing.T) {
	t.Parallel()
	database := Database(t)
	p := NewProxy(t, database)
	require.True(t, strings.HasSuffix(p.URL, "?sslmode=disable"))
	conn, err := pgx.Connect(t.Context(), p.URL)
	require.NoError(t, err)
	answer := make(chan error)
	insert := func() {
		_, err := conn.Exec(context.WithoutCancel(t.Context()), `CREATE TABLE made (n int)`)
		answer <- err
	}
	made := func() (there bool) {
		direct, err := pgx.Connect(t.Context(), database)
		require.NoError(t, err)
		require.NoError(t, direct.QueryRow(t.Context(), `SELECT to_regclass('made') IS NOT NULL`).Scan(&there))
		require.NoError(t, direct.Close(t.Context()))
		return there
	}
	still := func() {
		select {
		case err := <-answer:
			require.Fail(t, "answered", err)
		case <-time.After(50 * time.Millisecond):
		}
	}

	p.Hang()
	go insert()
	still()
	require.False(t, made())
	p.Resume()
	require.NoError(t, <-answer)
	require.True(t, made())

	do(t, database, `DROP TABLE made`)
	p.HoldAnswers()
	go insert()
	require.Eventually(t, made, 10*time.Second, 10*time.Millisecond)
	still()
	p.Cut()
	require.Error(t, <-answer)
	p.Resume()
	conn, err = pgx.Connect(t.Context(), p.URL)
	require.NoError(t, err)
	require.NoError(t, conn.Close(t.Context()))
}
