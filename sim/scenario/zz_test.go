package scenario
import ("testing";"fmt")
func TestZZ(t *testing.T){
	for _, s := range []string{`title: 問3
rules: [QA-33, P9-1]
world:
  insurers:
    - {insurerNumber: 99990011, insurerNaem: x}
    - {insurerNumber: "123"}
  persons:
    - id: hanako
      cards: [{cardSerial: c1, pin: 0123}]
      sex1: 2
      registeredCard:
      members:
        - flags: {nonDisclosure: yes}
          name: ${x}
  persons: []
steps:
  - title: a
    actor: window
    as: "9919990011"
    act: readCrad
  - title: b
    actor: widnow
    act: readCard
  - actor: window
    act: setFlags
    as: "1"
    with: {a: 1}
  - title: c
    actor: cardOffice
    as: "x"
    act: showCard
  - title: d
    actor: insurer
    as: "99990012"
    act: setFlags
    with: {personalInsuredNumber: "${num}", nonDisclosur: true, items: [benefit], reason: 1}
    sees: {code: SIM-X, results: [{address: 1}]}
    hides: [""]
    save: {"a b": x, ok: y}
  - title: e
    actor: citizen
    as: c2
    act: logIn
    with: {pin: "${ok} ${o k}"}
    hides: 避難
  - title: f
    actor: time
    act: advanceClock
  - title: g
    actor: citizen
    as: c1
    act: register
    with: {a: b}
`, "title: x\nbase: bsae\nworld: {}\nsteps: []\n", "a: \tb\n\tc: d", "- x", "x", "title: x\n", "title: 1\nworld: [1\n", "title: x\nworld: {}\nsteps:\n- title: b\n  actor: citizen\n  act: [x]\n  with:\n", "title: x\nworld: &a {persons: [*b, *a]}\nx: {<<: 1}\n",
	"title: x\nworld: {}\nsteps:\n- title: b\n  actor: citizen\n  as: ${x}\n  act: logIn\n  with: {pin: ${y}}\n", "title: あ: い\n"} {
		_, err := Parse("qa/x.yaml", []byte(s))
		fmt.Println(err)
		fmt.Println("---")
	}
}
