package room

// abuserProblem is one of the notice's four problems with its measure (課題と対策), as the abuser's seat teaches it.
type abuserProblem struct {
	Name, Title, Pages string
	Problem            string   // what the notice worries about
	Holds              []string // what the abuser has
	Measures           []measure
	scenes             []scene
	Hints              []hint
	Questions          []string // ids of the rules from the notice's questions
}

// measure is one of the notice's measures ① to ④.
type measure struct{ Name, Flag, Why, Rule string }

// scene is a shipped scenario with the flags by which the measure is in force in it.
type scene struct {
	scenario, title string // the title says whose measure it is
	after           flagsSet
}

// hint is what the measure leaves to guess, as played in the steps of a scenario that cite a rule.
type hint struct {
	Text, Reading string // Reading is the rule, or the reading in docs/assumptions.md, that it is known by
	scenario      string // empty: nothing of it is played, the tables show it
	rule          string
}

// abuserProblems are the four in the order of the home screen.
var abuserProblems = []abuserProblem{
	{
		Name: "card", Title: "置いてきたカード", Pages: "7頁・8頁",
		Problem: "被害者がマイナンバーカードを残して逃げると、加害者はそのカードでマイナポータルに入ったり、医療機関や薬局で資格確認を受けたりできます。" +
			"そこに出る保険者名、受診した医療機関名、住所は、避難先を探す手がかりになります。",
		Holds: []string{"花子のマイナンバーカード", "カードの暗証番号(知らなければ、フラグがなくても何も開きません)"},
		Measures: []measure{
			{"対策①", "自己情報提供不可フラグを「1: 提供不可」にする", "マイナポータルの資格情報、特定健診情報等、医療費通知情報、薬剤情報が提供されなくなります。不開示該当フラグだけでは、この画面は変わりません。", "P7-1"},
			{"対策②", "自己情報提供不可フラグを「1: 提供不可」にする", "カードの暗証番号が正しくても、窓口、診察室、薬局のどこでも、カードからは何も提供されません。", "P8-1"},
		},
		scenes: []scene{
			{"measures/p07-mynaportal-card", "対策①", flagsSet{NonDisclosure: true, SelfInformationBlocked: true}},
			{"measures/p08-card-as-patient", "対策②", flagsSet{SelfInformationBlocked: true}},
		},
		Hints: []hint{{
			"保険証利用の登録状況は「完了」のままです。資格情報が何も出ないことと合わせると、何かがあると推測できます。カードを止めれば、ログインもできなくなります。",
			"docs/assumptions.md A21", "measures/p07-mynaportal-card", "P11-1",
		}},
		Questions: []string{"QA-1", "QA-2"},
	},
	{
		Name: "proxy", Title: "代理人", Pages: "7頁",
		Problem: "被害者がマイナポータルで加害者を代理人にしたまま逃げると、加害者は自分のカードでログインし、代理人として被害者の情報を開けます。被害者のカードは要りません。",
		Holds:   []string{"加害者自身のマイナンバーカードと暗証番号", "花子の代理人という立場"},
		Measures: []measure{
			{"対策①", "自己情報提供不可フラグを「1: 提供不可」にする", "本人に提供されない情報は、代理人にも提供されません。再交付されたカードで代理人を解除するまでの間を、このフラグが守ります。", "P7-1"},
		},
		scenes: []scene{{"measures/p07-mynaportal-proxy", "対策①", flagsSet{SelfInformationBlocked: true}}},
		Hints: []hint{{
			"フラグは代理人の設定を消しません。フラグを解除する前に、再交付されたカードで代理人を解除します。その後は、フラグがなくても加害者には見えません。",
			"P15-1", "measures/p07-mynaportal-proxy", "P15-1",
		}},
		Questions: []string{"QA-1", "QA-5"},
	},
	{
		Name: "certificate", Title: "知られている被保険者証の記号・番号", Pages: "9頁",
		Problem: "加害者が医療従事者で、被害者の被保険者証の記号・番号を知っていると、職場の端末から被害者の資格と住所を開けます。被保険者証を持って患者として受診しても同じです。",
		Holds:   []string{"花子の保険者番号、被保険者証の記号・番号、生年月日", "資格確認端末のある職場、または花子の被保険者証"},
		Measures: []measure{
			{"対策③", "不開示該当フラグを「1: 不開示」、または自己情報提供不可フラグを「1: 提供不可」にする", "どちらか一方でもあれば、住所と郵便番号だけが空になります。花子が受診できなくなるのを避けるため、資格そのものは確認できます。", "P9-1"},
			{"対策③", "自己情報提供不可フラグを解除しても、不開示該当フラグは残す", "カードを再交付しても、記号・番号は変わらないことがあるためです。", "P9-2"},
		},
		scenes: []scene{
			{"measures/p09-certificate-as-staff", "対策③", flagsSet{NonDisclosure: true, SelfInformationBlocked: true}},
			{"measures/p09-certificate-after-lift", "対策③ 自己情報提供不可フラグを解除した後", flagsSet{NonDisclosure: true}},
		},
		Hints: []hint{
			{"保険者名と保険者番号は出ます。花子が国民健康保険などに移っていれば、住んでいる市町村が推測されえます。", "P10-2", "", ""},
			{"資格が有効であることも分かります。避難先で保険診療を受けるために要る情報だからです。", "P9-1", "", ""},
		},
		Questions: []string{"QA-3", "QA-4"},
	},
	{
		Name: "disaster", Title: "災害時の検索", Pages: "10頁",
		Problem: "大規模災害やシステム障害のときは、カードも被保険者証もなくても、氏名、生年月日、住所などの一部で人を探せます。加害者が医療従事者なら、候補者の一覧に出る住所から避難先が分かります。",
		Holds:   []string{"花子の氏名と生年月日", "災害時の画面が開いている職場"},
		Measures: []measure{
			{"対策④", "不開示該当フラグを「1: 不開示」、または自己情報提供不可フラグを「1: 提供不可」にする", "どちらか一方でもあれば、候補者の一覧でも詳細でも、住所と郵便番号が空になります。有事に保険診療を受けられなくならないよう、候補者には載ります。", "P10-1"},
			{"対策④", "薬剤情報と特定健診情報等も止めるには、自己情報提供不可フラグが要る", "加害者が同意を聞き取ったことにして同意ボタンを押しても、提供されません。", "P12-7"},
		},
		scenes: []scene{{"measures/p10-disaster-search", "対策④", flagsSet{NonDisclosure: true, SelfInformationBlocked: true}}},
		Hints: []hint{
			{"保険者名は出るので、市町村の国民健康保険なら、住んでいる町が分かります。", "P10-2", "measures/p10-insurer-name-hint", "P10-2"},
			{"隠した住所も、検索の条件には一致します。町の名を当てて探せば、候補者に載るかどうかで当たったと分かります。", "docs/assumptions.md A26", "measures/p10-insurer-name-hint", "P10-1"},
		},
		Questions: []string{"QA-3", "QA-4"},
	},
}
