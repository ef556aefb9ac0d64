package load

import "time"

// hour is how many visits 1,000 institutions, and the insured around them, make in one hour.
type hour struct {
	cards        float64 // patients whose My Number card is read at a hospital, clinic or dentist
	certificates float64 // patients who show their insurance certificate there
	batch        float64 // entries of the lists of tomorrow's patients, checked at night
	portal       float64 // log-ins to Mynaportal
	searches     float64 // persons without card and certificate, searched in the disaster
}

// day is a working day. It has two peaks, at nine to eleven and in the late afternoon; its numbers are a reading of ours:
// about 21 patients for each institution and day, half of them with a card, six in ten of whom go on to a pharmacy.
var day = [hours]hour{
	//    card  certificate  batch  portal  searches
	0:  {10, 10, 2500, 40, 0},
	1:  {5, 5, 2500, 15, 0},
	2:  {5, 5, 2500, 10, 0},
	3:  {5, 5, 2500, 5, 0},
	4:  {5, 5, 2500, 5, 0},
	5:  {5, 5, 0, 10, 0},
	6:  {20, 20, 0, 40, 0},
	7:  {100, 100, 0, 60, 0},
	8:  {700, 700, 0, 60, 0},
	9:  {1700, 1700, 0, 40, 0},
	10: {1700, 1700, 0, 40, 0},
	11: {1200, 1200, 0, 60, 0},
	12: {400, 400, 0, 150, 0},
	13: {400, 400, 0, 80, 0},
	14: {700, 700, 0, 60, 600},
	15: {900, 900, 0, 60, 0},
	16: {1000, 1000, 0, 60, 0},
	17: {900, 900, 0, 80, 0},
	18: {500, 500, 0, 150, 0},
	19: {150, 150, 0, 500, 0},
	20: {40, 40, 0, 900, 0},
	21: {30, 30, 0, 900, 0},
	22: {20, 20, 2500, 400, 0},
	23: {15, 15, 2500, 150, 0},
}

const (
	hours        = 24
	disasterHour = 14
	// screensOpen is how long after the beginning of the disaster's hour the first search is made.
	screensOpen = 5 * time.Minute
)

// The shares of what visits are made of.
const (
	shareToPharmacy     = 0.6  // of the patients, who come there 10 to 60 minutes later
	shareProtected      = 0.05 // of all visitors is drawn from the protected persons, so that mistakes about them show
	shareConsenting     = 0.6  // to medicines, and likewise to checkups
	shareByPIN          = 0.3  // of the card reads; the others are by face
	shareFaceDiffers    = 0.02 // of the card reads, which then open nothing
	shareFormerCard     = 0.02 // of the card reads of whoever has a revoked card
	shareUnconsented    = 0.05 // of the card reads without a consent, after which medicines are asked for all the same
	shareMisread        = 0.02 // of the certificate checks, of a number that nobody may have
	shareFormerMember   = 0.1  // of the certificate checks, of a certificate that is past
	shareForThatDay     = 0.1  // of the certificate checks, which ask about an earlier day
	shareClosedScreens  = 0.01 // of the certificate checks, after which a search is tried that the mode has to refuse
	shareOutside        = 0.1  // of the searches, by institutions outside of the disaster's area
	shareByInsurer      = 0.3  // of the searches, by the insurer's name in place of the address
	shareReadsOn        = 0.5  // of the log-ins for each of medicines, checkups, medical expenses
	shareForPrincipal   = 0.1  // of the log-ins, after which somebody else's information is asked for
	fewestToPharmacy    = 10   // minutes
	mostToPharmacy      = 60   // minutes
	mostDaysBack        = 60   // of the checks about an earlier day
	institutionsPerLine = 1000 // the table's unit
)
