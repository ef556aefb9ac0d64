package report

import (
	"fmt"
	"strings"

	"onshisim/bench/result"
)

// missing stands where nothing was measured.
const missing = "まだ測っていません。\n"

// words are what is measured, as the document calls it.
var words = map[string]string{
	"certificate-check": "被保険者証の確認", "card-read": "カードの読み取り(PIN)", "disaster-search": "災害時の検索", "self-information": "自己情報",
	"bare loop": "素のループ", "reference numbers": "`sim/world`(照会番号)", "card reads": "`sim/world`(カードの読み取り)", "sim/eventlog": "`sim/eventlog`",
	"memory": "メモリー", "base": "`base`(7人)", "baseline": "素の net/http", "sim": "onshisim", "sim --data": "onshisim(`--data`)",
	"without": "PGOなし", "default.pgo": "PGOあり",
}

func word(text string) string {
	if known, is := words[text]; is {
		return known
	}
	persons, again, some := strings.Cut(text, " again ")
	if persons == "" || strings.Trim(persons, "0123456789") != "" {
		return text
	}
	if some {
		return grouped(persons) + "人(同じ" + again + "人を尋ねる)"
	}
	return grouped(persons) + "人"
}

// grouped puts a comma before every three digits.
func grouped(digits string) string {
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

func number(value float64) string { return grouped(fmt.Sprintf("%.0f", value)) }

func spread(s result.Spread) string {
	return fmt.Sprintf("**%.2f** (%.2f〜%.2f)", s.Median, s.Low, s.High)
}

// on says where something was measured.
func on(m result.Machine) string {
	return fmt.Sprintf("\n%s、%dコア、メモリー %d GiB、%s、%s、%s。\n", m.Processor, m.Cores, m.MemoryGiB, m.System, m.Go, m.Day)
}

func comparisons(part *result.Part[result.Comparison], servers bool) string {
	if part == nil {
		return missing
	}
	var b strings.Builder
	if servers {
		b.WriteString("| 処理 | | 相手 | 要求/CPU秒 | 相手の要求/CPU秒 | 比 | p99 | 相手のp99 | p99の比 |\n|---|---|---|---:|---:|---:|---:|---:|---:|\n")
	} else {
		b.WriteString("| エンジン | | 相手 | 件/秒 | 相手の件/秒 | 比 |\n|---|---|---|---:|---:|---:|\n")
	}
	rounds := 0
	for _, row := range part.Rows {
		rounds = row.Rounds
		fmt.Fprintf(&b, "| %s | %s | %s |", word(row.Work), word(row.Subject), word(row.Against))
		if servers {
			fmt.Fprintf(&b, " %s | %s | %s | %s µs | %s µs | %.2f |\n", number(row.Is.PerCPU.Median), number(row.Be.PerCPU.Median), spread(row.Ratio),
				number(row.Is.P99.Median), number(row.Be.P99.Median), row.RatioP99.Median)
		} else {
			fmt.Fprintf(&b, " %s | %s | %s |\n", number(row.Is.Per.Median), number(row.Be.Per.Median), spread(row.Ratio))
		}
	}
	fmt.Fprintf(&b, "\n比は%d回の中央値(かっこは四分位)。%s", rounds, strings.TrimPrefix(on(part.Machine), "\n"))
	return b.String()
}

// picture shows the plot of the hot paths.
func picture(part *result.Part[result.Comparison]) string {
	if part == nil {
		return ""
	}
	return "\n![要求/CPU秒の比](performance/hot.svg)\n"
}

func rates(part *result.Part[result.Rate]) string {
	if part == nil {
		return missing
	}
	var b strings.Builder
	b.WriteString("| ログ | イベント | 件/秒 | 四分位 | 件/CPU秒 |\n|---|---:|---:|---:|---:|\n")
	for _, row := range part.Rows {
		fmt.Fprintf(&b, "| %s | %s | **%s** | %s〜%s | %s |\n", word(row.Work), number(float64(row.Count)),
			number(row.Per.Median), number(row.Per.Low), number(row.Per.High), number(row.PerCPU.Median))
	}
	return b.String() + on(part.Machine)
}

func starts(part *result.Part[result.Start]) string {
	if part == nil {
		return missing
	}
	var b strings.Builder
	b.WriteString("| 世界 | 最初の応答まで | 常駐メモリー | 最大 | うちヒープ |\n|---|---:|---:|---:|---:|\n")
	for _, row := range part.Rows {
		fmt.Fprintf(&b, "| %s | %.2f 秒 | %s MB | %s MB | %s MB |\n", word(row.Work), row.Ready, megabytes(row.Now), megabytes(row.Most), megabytes(row.Heap))
	}
	return b.String() + on(part.Machine)
}

func megabytes(bytes int64) string { return number(float64(bytes) / 1e6) }

// heads are what grows, as the document calls it.
var heads = map[string]string{"persons": "人", "events": "イベント", "worlds": "世界", "connections": "接続", "replicas": "プロセス"}

func curves(part *result.Part[result.Curve], along string) string {
	if part == nil {
		return missing
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| 処理 | %s | CPU µs/要求 | 割り当て/要求 | 要求/秒 | p99 | 常駐メモリー |", heads[along])
	rule := "|---|---:|---:|---:|---:|---:|---:|"
	if along == "replicas" {
		b.WriteString(" PostgreSQLのCPU µs/要求 |")
		rule += "---:|"
	}
	b.WriteString("\n" + rule + "\n")
	rows := 0
	for _, curve := range part.Rows {
		if curve.Along != along {
			continue
		}
		for _, p := range curve.Points {
			rows++
			fmt.Fprintf(&b, "| %s | %s | **%.1f** | %s | %s | %s µs | %s MB |", word(curve.Work), number(p.At), p.CPU.Median, number(p.Allocations.Median), number(p.Per.Median), number(p.P99.Median), megabytes(p.Bytes))
			if along == "replicas" {
				fmt.Fprintf(&b, " %.1f |", p.Store.Median)
			}
			b.WriteString("\n")
		}
	}
	if rows == 0 {
		return missing
	}
	return b.String() + fmt.Sprintf("\n![%s](performance/%s.svg)\n", heads[along], along) + on(part.Machine)
}
