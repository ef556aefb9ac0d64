package load

import (
	"net/http"
	"slices"
	"strings"

	"onshisim/sim/disclosure"
	"onshisim/sim/matching"
	"onshisim/sim/world"
)

// search holds the three groups of a search (P5-1).
type search struct {
	Name        string `json:"name"`
	NameKana    string `json:"nameKana"`
	Birthdate   string `json:"birthdate"`
	Address     string `json:"address"`
	InsurerName string `json:"insurerName"`
	Sex1        string `json:"sex1"`
}

type candidates struct {
	Candidates []candidate `json:"candidates"`
}

type candidate struct {
	CandidateID string `json:"candidateId"`
	Name        string `json:"name"`
	NameKana    string `json:"nameKana"`
	Sex1        string `json:"sex1"`
	Birthdate   string `json:"birthdate"`
	Address     string `json:"address"`
	InsurerName string `json:"insurerName"`
}

const closedScreens = "SIM-DIS-CLOSED"

// searchFor asks the disaster screens for a person; open says whether they are open to the institution (P5-5).
func (p *player) searchFor(at place, index int, s search, open bool) *question {
	return &question{
		kind: "disaster-search", method: http.MethodPost, path: "/disaster/searches", token: at.token, body: s, about: []int{index},
		predict: func(answer []byte) expected {
			if !open {
				return refuses(closedScreens, "P5-5")
			}
			want, _, rules := p.book.candidates(&s)
			got := seen[candidates](answer).Candidates
			for i := range want {
				want[i].CandidateID = "an id"
				if same := slices.IndexFunc(got, want[i].besidesID); same >= 0 {
					want[i].CandidateID = got[same].CandidateID
					got = slices.Delete(got, same, same+1)
				}
			}
			e := answers(candidates{want}, rules)
			e.inAnyOrder = "candidates"
			return e
		},
	}
}

// besidesID says whether two entries of lists are the same but for the id, which the simulator draws.
func (c *candidate) besidesID(other candidate) bool {
	other.CandidateID = c.CandidateID
	return other == *c
}

// candidates are the persons whom a search finds, as the list shows them (P5-2, P5-3, P10-1), with their ids.
func (b *book) candidates(s *search) (found []candidate, ids, rules []string) {
	found, rules = []candidate{}, []string{"P5-2"}
	name := s.Name
	if name == "" {
		name = s.NameKana
	}
	for _, p := range b.namesakes(name, s.Birthdate) {
		_, owns := p.current()
		at := slices.IndexFunc(owns, func(own int) bool { return s.finds(&p.Members[own]) })
		if at < 0 {
			continue
		}
		for _, e := range p.shown(disclosure.DisasterEligibility, owns[at]) {
			ids = append(ids, p.ID)
			found = append(found, candidate{"", e.Name, e.NameKana, e.Sex1, e.Birthdate, beginning(e.Address), e.InsurerName})
		}
		for _, rule := range p.rules {
			if !slices.Contains(rules, rule) {
				rules = append(rules, rule)
			}
		}
	}
	return found, ids, rules
}

// listed is how many characters of an address the list shows.
const listed = 10

func beginning(address string) string {
	characters := []rune(address)
	return string(characters[:min(len(characters), listed)])
}

// finds: name, kana name, sex and date of birth match exactly, address and insurer's name in part, also a hidden address.
func (s *search) finds(m *world.Member) bool {
	exactly := func(text, asked string) bool { return asked == "" || matching.Fold(text) == matching.Fold(asked) }
	partly := func(text, asked string) bool {
		return asked == "" || strings.Contains(matching.Fold(text), matching.Fold(asked))
	}
	return exactly(m.Name, s.Name) && exactly(m.NameKana, s.NameKana) && exactly(m.Sex1, s.Sex1) && m.Birthdate == s.Birthdate &&
		partly(m.Address, s.Address) && partly(m.InsurerName, s.InsurerName)
}

type candidateAnswer struct {
	QualificationValidity string              `json:"qualificationValidity"`
	Results               []world.Eligibility `json:"results"`
}

func (p *player) openCandidate(at place, index int, id string) *question {
	return &question{
		kind: "disaster-candidate", method: http.MethodGet, path: "/disaster/candidates/" + id, token: at.token, about: []int{index},
		predict: func([]byte) expected {
			holder := p.book.person(index)
			var want candidateAnswer
			want.QualificationValidity, want.Results = holder.eligibilities(disclosure.DisasterEligibility)
			return answers(want, holder.rules)
		},
	}
}

type oralConsent struct {
	Checkups  bool   `json:"checkups"`
	Medicines bool   `json:"medicines"`
	AskedBy   string `json:"askedBy"`
}

type consentAnswer struct {
	oralConsent
	ConsentTime   string `json:"consentTime"`
	AvailableTime string `json:"availableTime"`
}

func (p *player) consentOrally(at place, index int, id string, given oralConsent) *question {
	return &question{
		kind: "disaster-consent", method: http.MethodPost, path: "/disaster/candidates/" + id + "/consents", token: at.token, body: given, about: []int{index},
		predict: func(answer []byte) expected {
			_, now, until := consented(true, seen[consentAnswer](answer).ConsentTime, p.book.now())
			return expected{Status: http.StatusCreated, Body: consentAnswer{given, now, until}, rules: []string{"P5-4"}}
		},
	}
}

// openedOrally asks for a candidate's medicines or checkups.
func (p *player) openedOrally(at place, index int, id, what string) *question {
	return &question{
		kind: "disaster-" + what, method: http.MethodGet, path: "/disaster/candidates/" + id + "/" + what, token: at.token, about: []int{index},
		predict: func([]byte) expected {
			holder := p.book.person(index)
			body := holder.recordsAt(what)
			return answers(body, append(holder.rules, "P5-4"))
		},
	}
}
