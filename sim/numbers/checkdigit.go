// Package numbers knows the numbers of the field: which of them can be right, and how to make some that can't be
// mistaken for real ones. Every number is a string of ASCII digits, leading zeros included.
package numbers

// luhn gives the check digit (検証番号) that belongs behind the digits: from the right, every other digit doubled,
// the digits of the results summed, and what is missing to the next ten.
func luhn(digits string) byte {
	sum := 0
	for i := range len(digits) {
		digit := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			digit *= 2
		}
		sum += digit/10 + digit%10
	}
	return byte('0' + (10-sum%10)%10)
}

// endsInLuhn says whether the last of the digits is the check digit of those before it.
func endsInLuhn(digits string) bool {
	last := len(digits) - 1
	return luhn(digits[:last]) == digits[last]
}

// isDigits says whether s is so many ASCII digits and nothing else.
func isDigits(s string, length int) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == length
}
