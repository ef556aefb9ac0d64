package numbers

// ValidIndividualNumber says whether s is an individual number (個人番号): twelve digits, the last of them the check
// digit of the other eleven.
func ValidIndividualNumber(s string) bool {
	return isDigits(s, 12) && individualCheckDigit(s[:11]) == s[11]
}

// SyntheticIndividualNumber gives the n-th made-up individual number: twelve digits, the last of them a wrong check
// digit, so that it is nobody's. They are distinct for n below 10^11, and begin anew from there.
func SyntheticIndividualNumber(n uint64) string {
	return string(AppendSyntheticIndividualNumber(nil, n))
}

// AppendSyntheticIndividualNumber appends the n-th made-up individual number to b, for those who make millions of them.
func AppendSyntheticIndividualNumber(b []byte, n uint64) []byte {
	var digits [11]byte
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	wrong := '0' + (individualCheckDigit(digits[:])-'0'+1)%10
	return append(append(b, digits[:]...), wrong)
}

// individualCheckDigit gives the check digit (検査用数字) of the first eleven digits. With Pn the n-th of them from the
// right and Qn = n+1 up to the sixth, n-5 above, it is 11 less the remainder of ΣPn·Qn by 11, and 0 for remainders of
// 0 and 1 (平成26年総務省令第85号 第5条).
func individualCheckDigit[D string | []byte](digits D) byte {
	sum := 0
	for n := 1; n <= 11; n++ {
		weight := n + 1
		if n > 6 {
			weight = n - 5
		}
		sum += int(digits[11-n]-'0') * weight
	}
	if sum%11 <= 1 {
		return '0'
	}
	return byte('0' + 11 - sum%11)
}
