package picture

import "strings"

// lifeline is one of those who take part in a request, by a letter.
type lifeline byte

// lifelines are all of them, in the order in which they stand side by side; a bar is where a long name breaks.
var lifelines = []struct {
	of   lifeline
	name string
}{
	{'u', "利用者"},
	{'t', "医療機関・薬局の端末"},
	{'o', "市区町村"},
	{'h', "医療保険者等"},
	{'g', "情報照会者"},
	{'m', "マイナポータル"},
	{'n', "情報提供|ネットワークシステム"},
	{'i', "医療保険者等向け|中間サーバー"},
	{'e', "オンライン|資格確認等システム"},
	{'j', "JPKI"},
}

// homes are where the requests to a system of the simulator arrive.
var homes = map[string]lifeline{"terminal": 'e', "disaster": 'e', "mynaportal": 'm', "intermediate": 'i', "jpki": 'j'}

// askers are who asks: by the role in the journal, or by the system for somebody who was not let in.
var askers = map[string]lifeline{
	"insurer": 'h', "agency": 'g', "institution": 't', "cardOffice": 'o', "citizen": 'u',
	"terminal": 't', "disaster": 't', "mynaportal": 'u', "intermediate": 'h', "jpki": 'o',
}

// String is the system's official name.
func (l lifeline) String() string {
	for _, known := range lifelines {
		if known.of == l {
			return strings.Replace(known.name, "|", "", 1)
		}
	}
	return ""
}
