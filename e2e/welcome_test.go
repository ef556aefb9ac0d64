package e2e_test

import (
	"net/http"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheWelcomeShowsWhatANewUserNeeds(t *testing.T) {
	t.Parallel()
	s := serve(t)
	t.Logf("from start to the first healthy answer: %s", s.toHealthy)
	for _, system := range []string{"intermediate", "mynaportal", "jpki", "terminal", "disaster"} {
		assert.Equal(t, s.public+"/"+system, s.Shown(system))
	}
	assert.NotEqual(t, s.public, s.control)
	assert.Equal(t, s.public+"/docs", s.Shown("docs"))
	assert.Contains(t, s.welcome, "ends with the program", "nothing is kept without --data")
	for _, line := range []string{ // a person with card and PIN, certificate and birthdate; a token with its bearer
		"ichiro card-ichiro-1 1101 06990014 1001 10001 01 1980-05-15 標準 一郎",
		"nashi card-nashi-1 4404 - - - - 1988-08-09 無名 梨子",
		"ume card-ume-1 6606 39990015 - 00006006 - 1940-11-23 古希 うめ",
		"hospital-token 9919990011 仮想中央病院",
		"insurer-a-token 06990014 架空健康保険組合",
		"agency-welfare-token welfare 架空県仮想市福祉課",
		"card-office-token jpki card office",
	} {
		assert.Contains(t, squeezed(s.welcome), line)
	}
}

// squeezed makes every run of spaces in a line one, as a reader does.
func squeezed(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return lines
}

// TestThePrintedRequestsWorkAsTheyStand gives the three lines to a shell, which takes them apart; where curl is
// installed, they run as they are, too.
func TestThePrintedRequestsWorkAsTheyStand(t *testing.T) {
	t.Parallel()
	s := serve(t)
	var lines []string
	for line := range strings.Lines(s.welcome) {
		if strings.HasPrefix(line, "  curl ") {
			lines = append(lines, line)
		}
	}
	promised := []struct {
		path, shows string
		status      int
	}{
		{"/terminal/card-reads", `"qualificationValidity":"1","results":[{`, http.StatusOK},
		{"/terminal/certificate-checks", `"qualificationValidity":"1","results":[{`, http.StatusOK},
		{"/mynaportal/sessions", `"token":"`, http.StatusCreated},
	}
	require.Len(t, lines, len(promised))
	for i, promise := range promised {
		r := requestOf(t, lines[i])
		assert.Equal(t, s.public+promise.path, r.url)
		a := must(t, r)
		assert.Equal(t, promise.status, a.status, a.body)
		assert.Contains(t, a.body, promise.shows)
		if _, err := exec.LookPath("curl"); err == nil {
			printed, err := exec.CommandContext(t.Context(), "sh", "-c", lines[i]).Output()
			require.NoError(t, err)
			assert.Contains(t, string(printed), promise.shows)
		}
	}
}

// requestOf is what a curl line sends, its words as a shell hands them over.
func requestOf(t *testing.T, line string) request {
	t.Helper()
	words, err := exec.CommandContext(t.Context(), "sh", "-c", `curl() { printf '%s\0' "$@"; }`+"\n"+line).Output()
	require.NoError(t, err, line)
	r := request{method: http.MethodPost} // as -d makes it
	args := strings.Split(strings.TrimSuffix(string(words), "\x00"), "\x00")
	for i := 0; i < len(args); i++ {
		switch args[i] {
		case "-s":
		case "-H":
			i++
			if token, is := strings.CutPrefix(args[i], "Authorization: Bearer "); is {
				r.token = token
			} else {
				require.Equal(t, "Content-Type: application/json", args[i])
			}
		case "-d":
			i++
			r.body = args[i]
		default:
			require.Empty(t, r.url, "two addresses in %s", line)
			r.url = args[i]
		}
	}
	return r
}
