package numbers

// ValidInstitutionCode says whether s is the code of an institution or pharmacy (医療機関コード) as the terminal uses it:
// ten digits, that is prefecture 2, 点数表番号 1 (1 medical, 3 dental, 4 pharmacy), 郡市区番号 2, institution 4, and the
// check digit. The parts before the check digit aren't judged: a made-up prefecture 99 is as good as a real one.
func ValidInstitutionCode(s string) bool {
	return isDigits(s, 10) && endsInLuhn(s)
}

// InstitutionCodeCheckDigit gives the check digit of an institution code as an ASCII digit, for the nine digits that stand
// before it. ok is false for anything else.
func InstitutionCodeCheckDigit(digits string) (check byte, ok bool) {
	if !isDigits(digits, 9) {
		return 0, false
	}
	return luhn(digits), true
}
