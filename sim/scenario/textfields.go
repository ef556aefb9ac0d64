package scenario

import (
	"slices"
	"sync"
)

// answersOnly are the codes and ids that only answers have.
var answersOnly = []string{
	"qualificationValidity", "nonDisclosureCode", "cardReadId", "candidateId", "inquiryId", "processingResultStatus",
	"limitApplicationCertificateRelatedConsFlg", "specificDiseasesCertificateRelatedConsFlg",
	"specificHealthCheckupsInfoConsFlg", "pharmacistsInfoConsFlg",
}

// textFields are the names under which answers hold text, codes among them, never a number.
var textFields = sync.OnceValue(func() []string {
	found := slices.Clone(answersOnly)
	var walk func(schema any)
	walk = func(schema any) {
		switch schema := schema.(type) {
		case object:
			properties, _ := schema["properties"].(object)
			for name, property := range properties {
				if property, ok := property.(object); ok && property["type"] == "string" && name != "status" {
					found = append(found, name)
				}
			}
			for _, inner := range schema {
				walk(inner)
			}
		case []any:
			for _, inner := range schema {
				walk(inner)
			}
		}
	}
	walk(schemaDocument().(object)["$defs"])
	slices.Sort(found)
	return slices.Compact(found)
})
