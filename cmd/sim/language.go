package main

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// language is the language of help and screens.
type language uint8

const (
	english language = iota
	japanese
)

// languageOf goes by the locale, as other programs do.
func languageOf(env func(string) string) language {
	if strings.HasPrefix(cmp.Or(env("LC_ALL"), env("LC_MESSAGES"), env("LANG")), "ja") {
		return japanese
	}
	return english
}

// say picks a text.
func (l language) say(inJapanese, inEnglish string) string {
	if l == japanese {
		return inJapanese
	}
	return inEnglish
}

// helpTexts are the help of every command and flag, in Japanese and English.
var helpTexts = map[string][2]string{
	"sim":           {"オンライン資格確認等システムとその周辺のシミュレーター", "A simulator of Japan's online eligibility verification and the systems around it."},
	"serve":         {"シミュレーターを起動する(既定)", "Run the simulator (default)."},
	"listen":        {"中間サーバー・マイナポータル・JPKI・端末・災害時画面の待ち受けアドレス", "Address of the national systems."},
	"controlListen": {"制御プレーンの待ち受けアドレス", "Address of the control plane."},
	"controlToken":  {"制御プレーンのトークン(ループバック以外では必須)", "Token of the control plane; needed on any address but loopback."},
	"data":          {"状態を保存するSQLiteファイル(省略時はメモリー)", "SQLite file that keeps the state; without it all is in memory."},
	"serveScenario": {"最初の世界にするシナリオ(--data に世界があればそれを使う)", "Scenario whose world is the first one, unless --data holds one already."},
	"scenario":      {"シナリオを実行・確認する", "Play and check scenarios."},
	"run":           {"シナリオを実行し、誰に何が見えたかを表示する", "Play scenarios and print who saw what."},
	"files":         {"シナリオファイル、付属シナリオの名前、または all", "Scenario files, names of scenarios that come with the program, or all."},
	"url":           {"実行先(省略時はこのプロセスの中)", "Base URL of the national systems; absent: in this process."},
	"controlURL":    {"実行先の制御プレーン", "Base URL of the control plane, with --url."},
	"report":        {"報告の出力先(.json, .xml(JUnit), .html)。複数可", "Write a report: .json, .xml (JUnit) or .html; may be given several times."},
	"list":          {"付属シナリオの一覧", "List the scenarios that come with the program."},
	"check":         {"シナリオファイルの誤りを調べる(実行しない)", "Look for mistakes in scenario files without playing them."},
	"schema":        {"シナリオファイルのJSON Schemaを出力する", "Print the JSON Schema of scenario files."},
	"mutants":       {"世界に答えさせられる、わざと誤った方針(ミュータント)の一覧", "List the wrong policies (mutants) that a world can answer by, to see whether tests notice."},
	"mutantsJSON":   {"JSONで出力する", "Print JSON."},
	"healthcheck":   {"動作中のシミュレーターに応答があるか確かめる", "Ask a running simulator whether it is well."},
	"healthURL":     {"確かめる先", "Where to ask."},
	"version":       {"版を表示する", "Print the version."},
}

// help is the texts in this language.
func (l language) help() kong.Vars {
	vars := kong.Vars{}
	for key, texts := range helpTexts {
		vars[key] = l.say(texts[0], texts[1])
	}
	return vars
}

// headings are the words that kong itself puts into a help text.
var headings = strings.NewReplacer(
	"Usage:", "使い方:",
	"Arguments:", "引数:",
	"Flags:", "オプション:",
	"Commands:", "コマンド:",
	"Show context-sensitive help.", "この説明を表示する",
	`for more information on a command.`, "でコマンドの説明を表示",
	"Run ", "",
)

// printHelp prints kong's help, its headings in the language too.
func (l language) printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	if l == english {
		return kong.DefaultHelpPrinter(options, ctx)
	}
	var text bytes.Buffer
	out := ctx.Stdout
	ctx.Stdout = &text
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = out
	if err == nil {
		_, err = fmt.Fprint(out, headings.Replace(text.String()))
	}
	return err
}
