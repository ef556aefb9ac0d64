package numbers

import "strings"

// PersonalInsuredNumber joins the personal insured number (個人単位被保険者番号), under which everything of a member is
// held (P3-6), from insurer number, certificate symbol (記号), number (番号) and branch (枝番). A branch of one digit gets
// a zero before it; where symbol or branch is empty, nothing stands for it. Elderly insurance (後期高齢者医療), eight
// digits from 39, has neither, whatever is given. A municipal insurer's six digits from 39 are those of Kochi.
func PersonalInsuredNumber(insurerNumber, symbol, number, branch string) string {
	if len(insurerNumber) == 8 && strings.HasPrefix(insurerNumber, "39") {
		return insurerNumber + number
	}
	if len(branch) == 1 {
		branch = "0" + branch
	}
	return insurerNumber + symbol + number + branch
}
