package numbers

// InsurerNumberCheckDigit gives the check digit of an insurer number (保険者番号) as an ASCII digit, for the digits that
// stand before it: 法別番号 2, prefecture 2 and insurer 3, or without 法別番号 for municipal insurance. ok is false for
// anything but seven or five digits.
func InsurerNumberCheckDigit(digits string) (check byte, ok bool) {
	if !isDigits(digits, 7) && !isDigits(digits, 5) {
		return 0, false
	}
	return luhn(digits), true
}

// ValidInsurerNumber says whether s is an insurer number (保険者番号): eight digits, or six for municipal insurance
// (市町村国保), the last of them the check digit. The spaces that pad a number in the terminal's files aren't part of it.
func ValidInsurerNumber(s string) bool {
	return (isDigits(s, 8) || isDigits(s, 6)) && endsInLuhn(s)
}
