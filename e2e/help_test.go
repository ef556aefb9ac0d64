package e2e_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
)

func TestHelpSpeaksTheLanguageOfTheLocale(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		command           []string
		english, japanese []string
	}{
		{
			[]string{"--help"},
			[]string{"Usage: sim <command>", "Commands:", "Run the simulator (default).", "Ask a running simulator"},
			[]string{"使い方: sim <command>", "コマンド:", "シミュレーターを起動する", "版を表示する"},
		},
		{
			[]string{"serve", "--help"},
			[]string{"Usage: sim serve [flags]", "SQLite file that keeps the state", "$SIM_LISTEN", "$SIM_CONTROL_TOKEN"},
			[]string{"使い方: sim serve [flags]", "状態を保存するSQLiteファイル", "$SIM_LISTEN", "$SIM_CONTROL_TOKEN"},
		},
		{
			[]string{"scenario", "run", "--help"},
			[]string{"Usage: sim scenario run", "Write a report: .json, .xml (JUnit), .html or .csv", "Write an evidence pack"},
			[]string{"使い方: sim scenario run", "報告の出力先", "エビデンス"},
		},
		{
			[]string{"scenario", "replay", "--help"},
			[]string{"Usage: sim scenario replay <dir>", "Play the scenarios of an evidence pack again"},
			[]string{"使い方: sim scenario replay <dir>", "エビデンスのシナリオをもう一度実行し"},
		},
		{
			[]string{"load", "--help"},
			[]string{"Usage: sim load [flags]", "check every answer against the rules", "Share of the day of the real 200,000 institutions"},
			[]string{"使い方: sim load [flags]", "すべての応答を規則と突き合わせる", "実際の20万の医療機関・薬局"},
		},
		{
			[]string{"terminal", "--help"},
			[]string{"Usage: sim terminal --dir=OQS --institution=CODE", "answers XML requests in the folder req", "prove that a client goes by their names"},
			[]string{"使い方: sim terminal", "フォルダー req に置かれたXMLの要求", "読む側が順によらないこと"},
		},
		{
			[]string{"card", "present", "--help"},
			[]string{"Usage: sim card present", "Put a card on an institution's card reader", "What the patient consents to"},
			[]string{"使い方: sim card present", "カードを医療機関のカードリーダーに置く", "同意する情報"},
		},
		{
			[]string{"population", "export", "--help"},
			[]string{"Usage: sim population export <out>", "refuges' addresses of invented persons", "Begin CSV files with a byte order mark"},
			[]string{"使い方: sim population export <out>", "避難先の住所とフラグも含む", "BOMを付ける"},
		},
	} {
		for _, locale := range []string{"LANG=C", "LANG=en_GB.UTF-8", "NOTHING=set"} {
			e := runIn(t, locale, test.command...)
			assert.Equal(t, 0, e.status)
			assert.Empty(t, e.stderr)
			for _, text := range test.english {
				assert.Contains(t, unwrapped(e.stdout), text)
			}
			assert.NotContains(t, scripts(e.stdout), "かな")
		}
		for _, locale := range []string{"LANG=ja_JP.UTF-8", "LC_ALL=ja_JP.UTF-8"} {
			e := runIn(t, locale, test.command...)
			assert.Equal(t, 0, e.status)
			assert.Empty(t, e.stderr)
			for _, text := range test.japanese {
				assert.Contains(t, unwrapped(e.stdout), text)
			}
			for _, left := range []string{"Usage:", "Flags:", "Commands:", "Arguments:", "Show context", "Run "} {
				assert.NotContains(t, e.stdout, left)
			}
		}
	}
}

var space = regexp.MustCompile(`\s+`)

func unwrapped(text string) string { return space.ReplaceAllString(text, " ") }

// scripts says かな if there is any.
func scripts(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) }) {
		return "かな"
	}
	return "latin"
}

func TestAMistypedCommandShowsTheUsage(t *testing.T) {
	t.Parallel()
	for typed, says := range map[string]string{
		"sevre":                   "unexpected argument sevre",
		"serve --prot 80":         "unknown flag --prot",
		"--nope":                  "unknown flag --nope",
		"scenario":                `expected one of "run", "replay", "list", "check", "schema"`,
		"scenario paly":           "unexpected argument paly",
		"scenario replay":         `expected "<dir>"`,
		"scenario check":          `expected "<files> ..."`,
		"serve --listen":          "--listen: expected string value",
		"healthcheck --url a b":   "unexpected argument b",
		"version --very":          "unknown flag --very",
		"scenario run --report x": "--report x: the file's name must end in .json, .xml, .html or .csv",
	} {
		e := run(t, strings.Fields(typed)...)
		assert.NotEqual(t, 0, e.status, typed)
		assert.Contains(t, e.stderr, says, typed)
		if !strings.Contains(typed, "--report") {
			assert.Contains(t, e.stderr+e.stdout, "Usage: sim", typed)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	e := run(t, "version")
	assert.Equal(t, 0, e.status)
	assert.Regexp(t, `^onshisim [0-9]+\.[0-9]+\.[0-9]+\S* \(go1\.\S+, \w+/\w+\)\n$`, e.stdout)
}

func TestHealthcheck(t *testing.T) {
	t.Parallel()
	s := serve(t)
	for _, base := range []string{s.public, s.control} {
		e := run(t, "healthcheck", "--url", base+"/healthz")
		assert.Equal(t, ended{0, "ok\n", ""}, e)
		assert.Equal(t, e, runIn(t, "SIM_HEALTH_URL="+base+"/healthz", "healthcheck"))
	}
	e := run(t, "healthcheck", "--url", s.public+"/nowhere")
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "answers 404 Not Found")
	s.stop(t)
	e = run(t, "healthcheck", "--url", s.public+"/healthz")
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "connection refused")
}
