package scenario_test

import (
	"context"
	"fmt"
	"os"

	"onshisim/fixtures"
	"onshisim/sim/scenario"
)

// A file with mistakes is refused with all of them, each with its place and what was expected.
func ExampleParse() {
	_, err := scenario.Parse("my.yaml", []byte(`title: 窓口でカードを出す
rules: [QA-3]
base: base
steps:
  - title: 読み取り
    actor: window
    as: 9919990011
    act: readCrad
`))
	fmt.Println(err)
	// Output:
	// my.yaml:7:9: steps[0].as: expected text; write it in quotes: "9919990011"
	// my.yaml:8:10: steps[0].act: "readCrad" is not known here; expected one of readCard, showMedicines, showCheckups, checkCertificate, putReferenceNumber; did you mean "readCard"?
}

// A scenario of the fixtures is played against a simulator that runs somewhere.
func ExamplePlay() {
	s, err := scenario.Load(fixtures.FS, "qa/qa-3")
	if err != nil {
		fmt.Println(err)
		return
	}
	target := scenario.Target{PublicURL: "http://127.0.0.1:8080", ControlURL: "http://127.0.0.1:8081"}
	result := scenario.Play(context.Background(), target, s)
	if err := scenario.WriteText(os.Stdout, scenario.Report{Results: []scenario.Result{result}}, false); err != nil {
		fmt.Println(err)
	}
}
