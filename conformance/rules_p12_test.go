package conformance_test

import (
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// certified is a world with one person who has every kind of certificate and record.
func certified() world.Document {
	member := memberAt("A", number(0), "2015-04-01")
	member.InsuredCardExpirationDate = "2022-03-31"
	member.ElderlyRecipientCertificate = &world.ElderlyRecipientCertificate{
		ElderlyRecipientCertificateDate: "2020-08-01", ElderlyRecipientContributionRatio: "020",
	}
	member.LimitApplicationCertificate = &world.LimitApplicationCertificate{
		LimitApplicationCertificateClassification: "01", LimitApplicationCertificateClassificationFlag: "B05",
	}
	member.SpecificDiseasesCertificates = []world.SpecificDiseasesCertificate{{SpecificDiseasesDiseaseCategory: "1", SpecificDiseasesSelfPay: "10000"}}
	return nation(someone(id, member))
}

// fieldsOf are an object's field names, sorted.
func fieldsOf(o object) []string { return slices.Sorted(maps.Keys(o)) }

// fields are these names, sorted.
func fields(names ...string) []string {
	slices.Sort(names)
	return names
}

// eligibilityFields are the items of P12-c.
var eligibilityFields = []string{
	"insuredCardClassification", "insurerNumber", "insurerName", "insuredCardSymbol", "insuredIdentificationNumber",
	"insuredBranchNumber", "personalFamilyClassification", "name", "nameKana", "sex1", "birthdate", "qualificationDate",
	"disqualificationDate", "insuredPartialContributionRatio", "reasonOfLoss", "elderlyRecipientCertificate",
	"limitApplicationCertificate", "specificDiseasesCertificates",
}

func TestItemsInMynaportal(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), certified())
	p.inquire(t, p.subjectCode(t, individualNumber(id)), "A", "benefits")
	token := p.session(t, registeredCard(id))
	only := func(path, name string) object {
		items := list(t, p.ok(t, token, http.MethodGet, "/mynaportal/"+path, nil), name)
		require.Len(t, items, 1)
		return items[0]
	}
	t.Run("P12-a self-information", func(t *testing.T) {
		entry := only("self-information", "entries")
		require.Equal(t, fields("status", "message", "insurerNumber", "insurerName", "insuredCardSymbol", "insuredIdentificationNumber",
			"insuredBranchNumber", "insuredCardExpirationDate", "qualificationDate", "disqualificationDate", "benefits"), fieldsOf(entry))
		require.Equal(t, []any{"provided", "", "06990014", "架空健康保険組合", "1001", "id-" + number(0), "01", "2022-03-31", "2015-04-01", ""}, []any{
			entry["status"], entry["message"], entry["insurerNumber"], entry["insurerName"], entry["insuredCardSymbol"],
			entry["insuredIdentificationNumber"], entry["insuredBranchNumber"], entry["insuredCardExpirationDate"],
			entry["qualificationDate"], entry["disqualificationDate"],
		})
		require.Equal(t, []any{object{"benefitName": "架空給付 " + number(0), "paidOn": "2021-01-15", "amount": 10000.0}}, entry["benefits"])
	})
	t.Run("P12-b exchange history", func(t *testing.T) {
		require.Equal(t, object{
			"inquiredAt": "2021-04-01T09:00:00+09:00", "inquirer": welfareName, "provider": "架空健康保険組合", "item": "benefits",
		}, only("exchange-records", "records"))
	})
	t.Run("P12-c eligibility, without address", func(t *testing.T) {
		item := only("eligibility", "items")
		require.Equal(t, fields(slices.Clone(eligibilityFields)...), fieldsOf(item))
		require.Equal(t, []any{"架空　hanako", birthdate, "2", "架空健康保険組合", "2015-04-01", "030"}, []any{
			item["name"], item["birthdate"], item["sex1"], item["insurerName"], item["qualificationDate"], item["insuredPartialContributionRatio"],
		})
		require.Equal(t, "020", item["elderlyRecipientCertificate"].(object)["elderlyRecipientContributionRatio"])
		require.Equal(t, "B05", item["limitApplicationCertificate"].(object)["limitApplicationCertificateClassificationFlag"])
		require.Len(t, item["specificDiseasesCertificates"], 1)
	})
	t.Run("P12-e medicines, with the institution's name", func(t *testing.T) {
		require.Equal(t, object{
			"name": "架空　hanako", "birthdate": birthdate, "sex1": "2", "insurerNumber": "06990014", "insuredIdentificationNumber": "id-" + number(0),
			"treatmentDate": "2021-02-20", "medicineCode": "999000002", "medicineName": "架空錠 " + number(0), "institutionName": "かくれ里診療所",
		}, only("medicines", "items"))
	})
	t.Run("P12-f checkups", func(t *testing.T) {
		item := only("checkups", "items")
		require.Equal(t, []any{"2021-02-10", "9910020032", "06990014", "id-" + number(0), birthdate}, []any{
			item["date"], item["medicalInstitutionCode"], item["insurerNumber"], item["insuredIdentificationNumber"], item["birthdate"],
		})
		require.Len(t, item["items"], 1)
	})
	t.Run("P12-g medical-expense notices", func(t *testing.T) {
		item := only("medical-expenses", "items")
		require.Equal(t, []any{"06990014", "2021-03", "id-" + number(0), birthdate, "2021-02", "9910020040", 7650.0}, []any{
			item["insurerNumber"], item["reviewMonth"], item["insuredIdentificationNumber"], item["birthdate"], item["treatmentMonth"],
			item["medicalInstitutionCode"], item["totalCost"],
		})
	})
}

func TestItemsAtInstitutions(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), certified())
	p.openScreens(t)
	member := memberAt("A", number(0), "2015-04-01")
	read := p.ok(t, hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id)))
	found, _ := p.candidate(t, hospital, searchFor(id))
	opened := []string{
		"/terminal/card-reads/" + text(t, decoded(t, read), "cardReadId"),
		"/disaster/candidates/" + text(t, found, "candidateId"),
	}
	p.ok(t, hospital, http.MethodPost, opened[1]+"/consents", object{"checkups": true, "medicines": true, "askedBy": "看護師"})

	t.Run("P12-d eligibility, with address and postal code", func(t *testing.T) {
		check := p.ok(t, hospital, http.MethodPost, "/terminal/certificate-checks", certificate(&member))
		for _, a := range []answer{read, check, p.ok(t, hospital, http.MethodGet, opened[1], nil)} {
			results := list(t, a, "results")
			require.Len(t, results, 1)
			require.Equal(t, fields(append(slices.Clone(eligibilityFields), "address", "postNumber")...), fieldsOf(results[0]))
			require.Equal(t, []any{member.Address, member.PostNumber}, []any{results[0]["address"], results[0]["postNumber"]})
		}
	})
	t.Run("P12-e medicines, without the institution's name", func(t *testing.T) {
		for _, path := range opened {
			a := p.ok(t, hospital, http.MethodGet, path+"/medicines", nil)
			require.Equal(t, fields("name", "birthdate", "sex1", "insurerNumber", "insuredIdentificationNumber", "treatmentDate", "medicineCode", "medicineName"),
				fieldsOf(first(t, list(t, a, "items"))))
			require.NotContains(t, a.body, "かくれ里診療所")
		}
	})
	t.Run("P12-f checkups, by the institution's code alone", func(t *testing.T) {
		for _, path := range opened {
			a := p.ok(t, hospital, http.MethodGet, path+"/checkups", nil)
			require.Equal(t, fields("checkupId", "date", "medicalInstitutionCode", "insurerNumber", "insuredIdentificationNumber", "birthdate", "items"),
				fieldsOf(first(t, list(t, a, "items"))))
		}
	})
	t.Run("P12-d certificates that need consent are shown only with it", func(t *testing.T) {
		query := reading(registeredCard(id))
		query["consents"] = object{}
		result := first(t, list(t, p.ok(t, hospital, http.MethodPost, "/terminal/card-reads", query), "results"))
		require.Nil(t, result["limitApplicationCertificate"])
		require.Equal(t, []any{}, result["specificDiseasesCertificates"])
		require.NotNil(t, result["elderlyRecipientCertificate"])
	})
}
