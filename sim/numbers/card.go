package numbers

import "fmt"

// SyntheticCardSerial gives the n-th made-up serial number of a My Number card's certificate (電子証明書の発行番号):
// C99 and twelve digits or more, different for every n.
func SyntheticCardSerial(n uint64) string {
	return fmt.Sprintf("C99%012d", n)
}
