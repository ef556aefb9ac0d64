package oqs

import "onshisim/sim/terminal"

// certificateNames are what a request calls the parts of a certificate: medicines and checkups have names of their own.
type certificateNames struct{ insurer, symbol, number, branch string }

var usualNames = certificateNames{"InsurerNumber", "InsuredCardSymbol", "InsuredIdentificationNumber", "InsuredBranchNumber"}

// certificateOf reads what stands on an insurance certificate (被保険者証). The insurer number may be padded.
func (x *exchange) certificateOf(f *fields, of certificateNames) terminal.Certificate {
	c := terminal.Certificate{
		InsurerNumber:               f.atMost(of.insurer, f.required(of.insurer), 8),
		InsuredCardSymbol:           f.atMost(of.symbol, f.text(of.symbol), 40),
		InsuredIdentificationNumber: f.atMost(of.number, f.required(of.number), 40),
		InsuredBranchNumber:         f.atMost(of.branch, f.text(of.branch), 2),
	}
	f.checkDigit(x.Strict, of.insurer, c.InsurerNumber)
	return c
}
