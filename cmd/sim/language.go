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
	"sim":              {"オンライン資格確認等システムとその周辺のシミュレーター", "A simulator of Japan's online eligibility verification and the systems around it."},
	"serve":            {"シミュレーターを起動する(既定)", "Run the simulator (default)."},
	"listen":           {"中間サーバー・マイナポータル・JPKI・端末・災害時画面の待ち受けアドレス", "Address of the national systems."},
	"controlListen":    {"制御プレーンの待ち受けアドレス", "Address of the control plane."},
	"controlToken":     {"制御プレーンのトークン(ループバック以外では必須)", "Token of the control plane; needed on any address but loopback."},
	"controlTokenFile": {"制御プレーンのトークンを1行で持つファイル(引数や環境変数に書かないとき)", "File that holds the control plane's token, to keep it out of arguments and environment."},
	"tlsCert":          {"両方の待ち受けをTLSにする証明書(PEM、中間証明書を含めてよい)。更新すれば読み直す", "Certificate (PEM, with its chain) by which both listeners speak TLS; read again when it is renewed."},
	"tlsKey":           {"--tls-cert の秘密鍵(PEM)", "Private key of --tls-cert (PEM)."},
	"tlsTestCA":        {"試験用の認証局を作って両方の待ち受けをTLSにする。証明書は /ca.pem", "Make a test CA by which both listeners speak TLS; its certificate is at /ca.pem."},
	"tlsTestCADir":     {"試験用の認証局をこのフォルダーに保存し、次も使う(ca.pem を配る。ca-key.pem は秘密)", "Keep the test CA in this folder for the next time (ca.pem is to hand on, ca-key.pem is secret)."},
	"tlsNames":         {"試験用の認証局の証明書に加えるDNS名・IPアドレス(localhost とこの機械の名は常に入る)", "Further DNS names and IP addresses for the test CA's certificate; localhost and this machine's name are in it."},
	"caFile":           {"シミュレーターのTLSを信じるための認証局の証明書(PEM)", "Certificate (PEM) of the CA by which to believe a simulator that speaks TLS."},
	"data":             {"状態を保存するSQLiteファイル(省略時はメモリー)", "SQLite file that keeps the state; without it all is in memory."},
	"postgres":         {"状態を保存するPostgreSQLのURL。複数のプロセスで共有できる(パスワードは環境変数 SIM_POSTGRES で)", "URL of the PostgreSQL that keeps the state, for any number of processes; better in SIM_POSTGRES, if it has a password."},
	"systems":          {"このプロセスが受け持つシステム(コンマ区切り。all(既定)はすべて、noneは制御プレーンだけ)", "National systems that this process serves, joined by commas; all (default), or none for the control plane alone."},
	"publicURL":        {"クライアントから見たシステムのURL。1つか、terminal=http://terminal:8080,… のようにシステムごと(省略時は待ち受けアドレス)", "Where clients reach the systems: one URL, or system by system as in terminal=http://terminal:8080,…; absent: the address of this process."},
	"serveScenario":    {"最初の世界にするシナリオ(保存先に世界があればそれを使う)", "Scenario whose world is the first one, unless the store holds one already."},
	"population":       {"最初の世界に、この人数の合成の国(1〜134217728人)を住まわせる", "Give the first world a synthetic nation of so many persons (1 to 134217728)."},
	"populationSeed":   {"合成の国の種。同じ種は、どの機械・どの版でも同じ国になる", "Seed of the synthetic nation: the same seed is the same nation on every machine and in every release."},
	"protectedShare":   {"合成の国で、フラグの履歴を持つ人のおよその割合(0〜1)", "Share of the nation's persons who have a history of flags, about (0 to 1)."},
	"maxBody":          {"リクエスト本文の上限(バイト)", "Largest body of a request to the national systems, in bytes."},
	"maxWorlds":        {"世界の数の上限", "Most worlds."},
	"maxEvents":        {"1つの世界のイベントの上限", "Most events of one world."},
	"maxSessions":      {"1つの世界で同時に開けるマイナポータルのセッションの上限", "Most Mynaportal sessions open at the same time in one world."},
	"maxRequests":      {"1つの世界で同時に応答するリクエストの上限(超えると503)", "Most requests answered at the same time in one world; beyond it 503."},
	"maxConnections":   {"1つの待ち受けで同時に開ける接続の上限(超えると、次の要求を待つ最も古い接続が閉じる)", "Most connections open at the same time on one listener; beyond it the one idle for longest is closed."},
	"journalEntries":   {"1つの世界のジャーナルの件数の上限", "Most entries of one world's journal."},
	"journalBytes":     {"1つの世界のジャーナルの大きさの上限(バイト)", "Size of one world's journal, in bytes."},
	"logFormat":        {"ログの形式(auto は、標準エラー出力が端末なら text、それ以外は json)", "Format of the log: text, json, or auto, which is text on a terminal and else json."},
	"logLevel":         {"ログに書く最低の重さ(debug info warn error)。debug ではリクエストごとに1行", "Least level that is logged: debug, info, warn or error. At debug there is a line for every request."},
	"journal":          {"動作中のシミュレーターへのリクエストと、判定とその理由を表示する", "Print the requests to a running simulator, with what was decided and why."},
	"follow":           {"新しいリクエストを待って表示し続ける", "Go on with every further request as it comes."},
	"json":             {"JSONで出力する", "Print JSON."},
	"world":            {"世界の名前", "Name of the world."},
	"planeURL":         {"動作中のシミュレーターの制御プレーン", "Control plane of the running simulator."},
	"journalSystem":    {"このシステムだけ(terminal など)", "Of this system only, as in terminal."},
	"journalOperation": {"この操作だけ(read-card など)", "Of this operation only, as in read-card."},
	"journalPerson":    {"この人に関わるものだけ", "About this person only."},
	"journalStatus":    {"このHTTPの状態だけ", "With this HTTP status only."},
	"journalOutcome":   {"この判定を含むものだけ(withheld など)", "With this outcome only, as in withheld."},
	"journalRule":      {"この規則を引くものだけ(P13-1 など)", "Citing this rule only, as in P13-1."},
	"explain":          {"1人について、P.12の表をいまのフラグで理由とともに示す", "Show the table of page 12 for one person now, with the reasons."},
	"explainPerson":    {"人のid", "Id of the person."},
	"leakscan":         {"ログや画面の写しに、保護対象の人の住所・保険者・医療機関が現れないか調べる", "Look for protected persons' addresses, insurers and clinics in any text."},
	"scanFiles":        {"調べるファイル(省略時または - は標準入力)。UTF-8、Shift_JIS、gzip可", "Files to scan; none or -: standard input. UTF-8, Shift_JIS, plain or gzip."},
	"scanEvents":       {"書き出した世界のイベント(省略時は動作中のシミュレーターの世界)", "Exported events of the world; absent: the world of a running simulator."},
	"export":           {"世界をイベントの列(JSON Lines)として書き出す", "Export a world as its events (JSON Lines)."},
	"exportWorld":      {"世界の名前(既定は default)", "Name of the world (default)."},
	"exportOut":        {"書き出すファイル(省略時は標準出力)。できあがるまで、前のものが残る", "File to write; absent: standard output. What stands there stays until the new one is whole."},
	"exportAll":        {"すべての世界を、1つずつ NAME.jsonl として書き出すフォルダー(新しいか、空のもの)", "Export every world, each as NAME.jsonl, to a folder that is new or empty."},
	"import":           {"書き出した世界を取り込む(すべて取り込むか、何もしない)", "Import an exported world: all of it or nothing."},
	"importWorld":      {"新しい世界の名前", "Name of the new world."},
	"importFile":       {"書き出したファイル(省略時または - は標準入力)", "Exported file; none or -: standard input."},
	"importAll":        {"フォルダーの NAME.jsonl をすべて取り込む", "Import every NAME.jsonl of a folder."},
	"importUnclosed":   {"締めの行のないものも取り込む(途中で切れていても気付けない)", "Take what has no closing line too; then nobody notices if it was cut off."},
	"placeData":        {"動作中でないシミュレーターの --data のファイル", "File of a simulator's --data that is not running."},
	"placePostgres":    {"シミュレーターの --postgres のデータベース(動作中でもよい)", "Database of a simulator's --postgres, running or not."},
	"scenario":         {"シナリオを実行・確認する", "Play and check scenarios."},
	"run":              {"シナリオを実行し、誰に何が見えたかを表示する", "Play scenarios and print who saw what."},
	"files":            {"シナリオファイル、付属シナリオの名前、または all", "Scenario files, names of scenarios that come with the program, or all."},
	"url":              {"実行先。1つのURLか、terminal=http://terminal:8080,… のようにシステムごと(省略時はこのプロセスの中)", "Base URL of the national systems, or system by system as in terminal=http://terminal:8080,…; absent: in this process."},
	"controlURL":       {"実行先の制御プレーン", "Base URL of the control plane, with --url."},
	"report":           {"報告の出力先(.json, .xml(JUnit), .html, .csv)。複数可", "Write a report: .json, .xml (JUnit), .html or .csv; may be given several times."},
	"evidence":         {"エビデンス(報告、シナリオ、イベント、SHA-256)を書き出すフォルダー(新しいか、空のもの)", "Write an evidence pack (reports, scenarios, events, SHA-256) to a folder that is new or empty."},
	"replay":           {"エビデンスのシナリオをもう一度実行し、応答とイベントが同じか確かめる", "Play the scenarios of an evidence pack again and prove that answers and events are the same."},
	"pack":             {"エビデンスのフォルダー", "Folder of the evidence pack."},
	"list":             {"付属シナリオの一覧", "List the scenarios that come with the program."},
	"check":            {"シナリオファイルの誤りを調べる(実行しない)", "Look for mistakes in scenario files without playing them."},
	"schema":           {"シナリオファイルのJSON Schemaを出力する", "Print the JSON Schema of scenario files."},
	"healthcheck":      {"動作中のシミュレーターに応答があるか確かめる", "Ask a running simulator whether it is well."},
	"healthURL":        {"確かめる先。複数なら、どれかに応答があればよい", "Where to ask; of several, one has to answer."},
	"version":          {"版を表示する", "Print the version."},
	"load":             {"全国の人を持つシミュレーターに現実的な1日を負荷としてかけ、すべての応答を規則と突き合わせる", "Play a realistic day against a simulator that holds a nation, and check every answer against the rules."},
	"loadURL":          {"かける先。1つのURLか、terminal=http://terminal:8080,… のようにシステムごと", "Base URL of the national systems, or system by system as in terminal=http://terminal:8080,…"},
	"loadScale":        {"実際の20万の医療機関・薬局の1日に対する割合(0より大きく1まで)", "Share of the day of the real 200,000 institutions: above 0, at most 1."},
	"loadDuration":     {"1日にかける実時間", "How long the day takes."},
	"loadConnections":  {"同時に送るリクエストの上限", "Most requests on the way at the same time."},
	"loadSeed":         {"だれがいつ何をするかの種。同じなら同じ1日", "Seed of who does what and when: the same seed is the same day."},
	"loadReport":       {"報告(JSON)を書くファイル。誤答の全文とヒストグラムを含む", "Write the report as JSON, with the wrong answers in full and the histograms."},
	"populationTools":  {"架空の全国の人を、シミュレーターなしで書き出す", "Write out the synthetic nation; no simulator need run."},
	"populationExport": {"人と資格の表を、ほかのデータベースへの取り込み用に書き出す。保護された架空の人の避難先の住所とフラグも含む", "Write tables of persons and memberships, to load into other databases. They hold flags and refuges' addresses of invented persons."},
	"populationOut":    {"書き出すフォルダー(新しいか、空のもの)、または - (--of の1つの表を標準出力へ)", "Folder to fill, new or empty; or - for the one table of --of on the standard output."},
	"populationFormat": {"形式(csv jsonl parquet)。jsonl は1行に1人の文書", "Format: csv, jsonl (one person document on each line) or parquet."},
	"populationRange":  {"人の番号の範囲 FROM:TO(TOは含まない。省略時はすべて)", "Persons FROM:TO by their index, TO not included; absent: all."},
	"populationOf":     {"書き出す表(複数可。省略時はすべて)", "Tables to write; absent: all."},
	"populationRecs":   {"健診・薬剤・医療費も書き出す", "Write checkups, medicines and medical expenses too."},
	"populationBOM":    {"CSVの先頭にUTF-8のBOMを付ける(Excel用)", "Begin CSV files with a byte order mark, for Excel."},
	"populationShow":   {"1人の文書をJSONで表示する", "Print one person's document as JSON."},
	"populationKey":    {"人の番号、id、カードのシリアル番号、個人番号、個人単位被保険者番号", "Index, id, card serial, individual number or personal insured number."},
	"terminal":         {"端末の連携アプリ: フォルダー req に置かれたXMLの要求に res で答え、カードリーダーの結果を face に置く", "The terminal's link application: answers XML requests in the folder req in res, and drops what the card reader read into face."},
	"terminalDir":      {"端末のフォルダー(OQS)。req res face は無ければ作る", "Folder of the terminal (OQS); req, res and face are made if missing."},
	"terminalCode":     {"医療機関・薬局のコード(10桁)", "Code of the institution or pharmacy (10 digits)."},
	"terminalURL":      {"シミュレーターのURL。1つのURLか、terminal=http://terminal:8080 のようにシステムごと", "Base URL of the national systems, or as in terminal=http://terminal:8080."},
	"terminalEncoding": {"応答の文字コード(utf-8 または shift_jis)。要求はどちらでもよい", "Encoding of answers: utf-8 or shift_jis. Requests may come in either."},
	"terminalShuffle":  {"応答の要素の順を入れ替える(読む側が順によらないことを確かめる)", "Put the elements of answers in another order, to prove that a client goes by their names."},
	"terminalStrict":   {"保険者番号の検証番号の誤りと、知らない要素を拒む", "Refuse insurer numbers with a wrong check digit, and unknown elements."},
	"terminalBatch":    {"一括照会の結果を求められたとき、何回まで「処理中」と答えるか", "How often a batch is still being processed when it is asked for."},
	"serveOQS":         {"端末のフォルダー。XMLの要求にも答える(sim terminal と同じ)", "Folder of a terminal whose XML requests are answered too, as sim terminal does."},
	"serveOQSCode":     {"その端末の医療機関・薬局のコード(省略時は世界の最初の医療機関)", "Code of that terminal's institution or pharmacy; absent: the world's first."},
	"card":             {"マイナンバーカードを使う", "Use a My Number card."},
	"cardPresent":      {"カードを医療機関のカードリーダーに置く。端末が読むと face にファイルができる", "Put a card on an institution's card reader; its terminal reads it and drops a file into face."},
	"cardSerial":       {"カードのシリアル番号", "Serial number of the card."},
	"cardInstitution":  {"リーダーのある医療機関・薬局のコード(10桁)", "Code of the institution or pharmacy with the reader (10 digits)."},
	"cardPIN":          {"暗証番号(4桁)", "PIN of 4 digits."},
	"cardFace":         {"顔認証(match 一致、mismatch 不一致)", "Face recognition: match or mismatch."},
	"cardStaff":        {"目視確認", "The staff looks at the photograph."},
	"cardConsent":      {"同意する情報(all, checkups, medicines, limitCertificate, specificDiseases)。複数可", "What the patient consents to: all, checkups, medicines, limitCertificate, specificDiseases; may be given several times."},
	"mutants":          {"世界に答えさせられる、わざと誤った方針(ミュータント)の一覧", "List the wrong policies (mutants) that a world can answer by, to see whether tests notice."},
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
