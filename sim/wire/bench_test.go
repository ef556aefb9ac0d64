package wire_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"onshisim/sim/wire"
	"onshisim/sim/world"
)

var eligibility = world.Eligibility{
	InsuredCardClassification: "01", InsurerNumber: "06990014", InsurerName: "架空健康保険組合", InsuredCardSymbol: "1",
	InsuredIdentificationNumber: "4711", InsuredBranchNumber: "00", PersonalFamilyClassification: "1", Name: "架空　一郎", NameKana: "カクウ　イチロウ",
	Sex1: "1", Birthdate: "1990-04-01", Address: "架空県仮想市見本町1番地", PostNumber: "9990001", QualificationDate: "2020-04-01",
	InsuredPartialContributionRatio: "030", SpecificDiseasesCertificates: []world.SpecificDiseasesCertificate{},
}

func BenchmarkEncode(b *testing.B) {
	encoder := wire.NewEncoder(reflect.TypeFor[world.Eligibility](), wire.EscapeLess)
	b.Run("wire", func(b *testing.B) {
		b.ReportAllocs()
		var text []byte
		for b.Loop() {
			text, _ = encoder.Append(text[:0], &eligibility)
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		b.ReportAllocs()
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		for b.Loop() {
			text.Reset()
			_ = encoder.Encode(&eligibility)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	data, err := json.Marshal(&eligibility)
	if err != nil {
		b.Fatal(err)
	}
	for name, compile := range map[string]func(reflect.Type) (*wire.Decoder, error){"plain": wire.NewDecoder, "rules": wire.NewValidator} {
		decoder, err := compile(reflect.TypeFor[world.Eligibility]())
		if err != nil {
			b.Fatal(err)
		}
		b.Run("wire/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var into world.Eligibility
				if !decoder.Decode(data, &into) {
					b.Fatal("not clean")
				}
			}
		})
	}
	b.Run("encoding/json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var into world.Eligibility
			if err := json.Unmarshal(data, &into); err != nil {
				b.Fatal(err)
			}
		}
	})
}
