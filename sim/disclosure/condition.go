package disclosure

// Condition is what the notice asks for, beside the flags, before anything is shown.
type Condition uint32

const (
	RegistrationDone      Condition = 1 << iota // the card is registered as the certificate (初回登録)
	ConsentGiven                                // the patient consented at the card reader
	OralConsentGiven                            // the patient consented orally, in a disaster
	HolderVerified                              // the PIN is right, or the face matches
	CardInForce                                 // the card is not stopped, revoked, locked or expired
	EmergencyDeclared                           // a large-scale disaster or a system failure
	ThreeGroupsGiven                            // name, date of birth, and address or insurer's name
	SexMatches                                  // sex is the one searched for, if one is
	MemberIsOwn                                 // the insurer's own member, in its own partition
	FlagsAtOpening                              // a reservation stands as the flags do when registration opens
	ConsentInTime                               // the consent was given within 24 hours
	KanaNameMatches                             // kana name is the one searched for, beside the name
	PartsMatch                                  // address and insurer's name hold what is searched for
	CertificateChecked                          // JPKI finds the card's certificate in force at registration, too
	CardInForceThroughout                       // a session's card is in force still, not at log-in only
	RegisteredItself                            // the card itself is registered, not another one of its holder

	everyCondition = 1<<iota - 1
)

// Rule is the id of the rule that asks for the condition.
func (c Condition) Rule() string {
	switch c {
	case RegistrationDone:
		return "P3-5"
	case ConsentGiven:
		return "P3-4"
	case OralConsentGiven:
		return "P5-4"
	case HolderVerified:
		return "P8-2"
	case CardInForce:
		return "P15-1"
	case EmergencyDeclared:
		return "P5-5"
	case ThreeGroupsGiven:
		return "P5-1"
	case SexMatches:
		return "P5-2"
	case MemberIsOwn:
		return "P15-3"
	case FlagsAtOpening:
		return "QA-5"
	case ConsentInTime:
		return "P3-4"
	case KanaNameMatches, PartsMatch:
		return "P5-2"
	case CertificateChecked:
		return "P11-1"
	case CardInForceThroughout, RegisteredItself:
		return "P15-1"
	}
	return ""
}

// Wants says whether the policy asks for a condition.
func (p *Policy) Wants(c Condition) bool { return p.conditions&c != 0 }
