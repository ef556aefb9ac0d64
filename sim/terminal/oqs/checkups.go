package oqs

import (
	"context"
	"regexp"

	"onshisim/sim/show"
	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/terminal/oqs/pdf"
	"onshisim/sim/world"
)

// listCheckups answers TKKsiquc01 (P12-8): without the name of who made a checkup (P12-f).
func (x *exchange) listCheckups(ctx context.Context) (answer, error) {
	checkups, category, err := recordsAsked[show.Checkup](ctx, x, "/checkups")
	if err != nil {
		return answer{}, err
	}
	if category == asPDF {
		return answer{pdf: checkupsDocument(checkups)}, nil
	}
	var holder message.Element
	if len(checkups) > 0 {
		holder = message.Group("QualificationsInfo", message.Leaf("Birthday", compact(checkups[0].Birthdate)))
	}
	var all []message.Element
	for i := range checkups {
		c := &checkups[i]
		results := make([]message.Element, 0, len(c.Items))
		for j := range c.Items {
			results = append(results, checkupResult(&c.Items[j]))
		}
		all = append(all, message.Group("SpecificHealthCheckupInfo",
			message.Leaf("EffectiveTime", compact(c.Date)), message.Optional("HealthCheckupResultAndQuestionInfos", results...)))
	}
	return answer{header: recordsHeader(succeeded, "", holder), body: all}, nil
}

// measured is a value that is a measure: digits, with a point among them.
var measured = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?$`)

// checkupResult is one value of a checkup: a measure, or a text.
func checkupResult(item *world.CheckupItem) message.Element {
	dataType := "ST"
	if measured.MatchString(item.Value) {
		dataType = "PQ"
	}
	return message.Group("HealthCheckupResultAndQuestionInfo",
		message.Leaf("ItemCode", item.Code),
		message.Leaf("ItemName", item.Name),
		message.Leaf("DataType", dataType),
		message.Leaf("DataValue", item.Value),
		message.Leaf("Unit", item.Unit),
	)
}

// checkupsDocument is the list for people.
func checkupsDocument(checkups []show.Checkup) []byte {
	document := pdf.Document{Title: "特定健診情報"}
	if len(checkups) == 0 {
		document.Lines = []string{nothing}
	}
	for i := range checkups {
		document.Lines = append(document.Lines, "実施日: "+checkups[i].Date)
		for _, item := range checkups[i].Items {
			document.Lines = append(document.Lines, "  "+item.Name+": "+item.Value+" "+item.Unit)
		}
	}
	return document.Append(nil)
}
