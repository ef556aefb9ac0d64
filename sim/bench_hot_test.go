package sim_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"onshisim/sim/terminal"
	"onshisim/sim/world"
)

// The hot operations beside a bare handler: one that decodes the same request with encoding/json, looks up one map entry
// and encodes the same bytes with encoding/json. Both are asked in turns, a few hundred times each, so that whatever else
// the machine does falls on both. Reported: nanoseconds of each, and how many requests we answer in the time in which the
// bare handler answers one.
//
//	go test ./sim -run '^$' -bench Hot -benchmem

// asked is a request that is sent again and again, without what a client spends on it.
type asked struct {
	http.Request
	text []byte
	body bytes.Reader
}

func newAsked(method, path, token string, body any) *asked {
	var text []byte
	if body != nil {
		text, _ = json.Marshal(body)
	}
	a := &asked{Request: *httptest.NewRequest(method, path, bytes.NewReader(text)), text: text}
	a.Header.Set("Authorization", "Bearer "+token)
	if body != nil {
		a.Header.Set("Content-Type", "application/json")
	}
	return a
}

// taken is an answer.
type taken struct {
	header http.Header
	status int
	body   []byte
}

func (w *taken) Header() http.Header    { return w.header }
func (w *taken) WriteHeader(status int) { w.status = status }
func (w *taken) Write(part []byte) (int, error) {
	w.body = append(w.body, part...)
	return len(part), nil
}

func (a *asked) send(to http.Handler, w *taken) {
	a.body.Reset(a.text)
	r := a.Request
	r.Body = io.NopCloser(&a.body)
	clear(w.header)
	w.status, w.body = http.StatusOK, w.body[:0]
	to.ServeHTTP(w, &r)
}

// beside measures an operation and the bare handler that answers what it answered first. A card read has a new id each
// time, so its bytes are the same but for that.
func beside[In, Out any](b *testing.B, persons int, requests func(i int) *asked, key func(*http.Request, *In) string) {
	handler, w := nation(b, persons), &taken{header: http.Header{}}
	all := make([]*asked, 512)
	answers := map[string]*Out{}
	for i := range all {
		all[i] = requests(i * 7919 % persons)
		all[i].send(handler, w)
		if w.status != http.StatusOK || !bytes.Contains(w.body, []byte("架空")) && !bytes.Contains(w.body, []byte("provided")) {
			b.Fatalf("%d: %s", w.status, w.body)
		}
		in, out := new(In), new(Out)
		if all[i].text != nil {
			if err := json.Unmarshal(all[i].text, in); err != nil {
				b.Fatal(err)
			}
		}
		if err := json.Unmarshal(w.body, out); err != nil {
			b.Fatal(err)
		}
		answers[key(&all[i].Request, in)] = out
		first := bytes.Clone(w.body)
		if all[i].send(bare(answers, key), w); !bytes.Equal(w.body, first) {
			b.Fatalf("the bare handler answers\n%s\nin place of\n%s", w.body, first)
		}
	}
	const turn = 256
	turns := func(of http.Handler) time.Duration {
		began := time.Now()
		for i := range turn {
			all[i].send(of, w)
		}
		return time.Since(began)
	}
	plain := bare(answers, key)
	var ratios []float64
	var ours, bares time.Duration
	b.ResetTimer()
	for b.Loop() {
		b.StopTimer()
		other := turns(plain)
		b.StartTimer()
		own := turns(handler)
		ratios, ours, bares = append(ratios, float64(other)/float64(own)), ours+own, bares+other
	}
	slices.Sort(ratios)
	n := float64(len(ratios)) * turn
	b.ReportMetric(float64(ours)/n, "ns/request")
	b.ReportMetric(float64(bares)/n, "bare-ns/request")
	b.ReportMetric(ratios[len(ratios)/2], "times-bare")
	b.ReportMetric(testing.AllocsPerRun(10, func() { turns(handler) })/turn, "allocs/request")
	b.ReportMetric(testing.AllocsPerRun(10, func() { turns(plain) })/turn, "bare-allocs/request")
	b.ReportMetric(0, "ns/op")
}

func bare[In, Out any](answers map[string]*Out, key func(*http.Request, *In) string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in := new(In)
		if r.ContentLength > 0 {
			if err := json.NewDecoder(r.Body).Decode(in); err != nil {
				w.WriteHeader(http.StatusBadRequest)
				return
			}
		}
		w.Header().Set("Content-Type", "application/json")
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(answers[key(r, in)])
	})
}

func eachSize(b *testing.B, run func(b *testing.B, persons int)) {
	for _, persons := range []int{1_000, 1_000_000} {
		b.Run(fmt.Sprintf("persons=%d", persons), func(b *testing.B) { run(b, persons) })
	}
}

type certificate struct {
	InsurerNumber               string `json:"insurerNumber"`
	InsuredCardSymbol           string `json:"insuredCardSymbol"`
	InsuredIdentificationNumber string `json:"insuredIdentificationNumber"`
	InsuredBranchNumber         string `json:"insuredBranchNumber"`
	Birthdate                   string `json:"birthdate"`
}

func BenchmarkHotCertificateCheck(b *testing.B) {
	type answer struct {
		QualificationValidity string              `json:"qualificationValidity"`
		Results               []world.Eligibility `json:"results"`
		ReferenceNumber       string              `json:"referenceNumber"`
	}
	eachSize(b, func(b *testing.B, persons int) {
		beside[certificate, answer](b, persons, func(i int) *asked {
			return newAsked(http.MethodPost, "/terminal/certificate-checks", benchToken, certificate{"06990014", "1", fmt.Sprint(i), "00", birthdate(i)})
		}, func(_ *http.Request, c *certificate) string { return c.InsuredIdentificationNumber })
	})
}

type cardRead struct {
	CardSerial   string `json:"cardSerial"`
	Verification struct {
		Method string `json:"method"`
		PIN    string `json:"pin"`
	} `json:"verification"`
	Consents struct {
		Medicines bool `json:"medicines"`
	} `json:"consents"`
}

func BenchmarkHotCardRead(b *testing.B) {
	type answer struct {
		QualificationValidity string              `json:"qualificationValidity"`
		Results               []world.Eligibility `json:"results"`
		CardReadID            string              `json:"cardReadId"`
		ReferenceNumber       string              `json:"referenceNumber"`
		terminal.ConsentTimes
	}
	eachSize(b, func(b *testing.B, persons int) {
		beside[cardRead, answer](b, persons, func(i int) *asked {
			read := cardRead{CardSerial: fmt.Sprintf("c%d", i)}
			read.Verification.Method, read.Verification.PIN, read.Consents.Medicines = "pin", "1234", true
			return newAsked(http.MethodPost, "/terminal/card-reads", benchToken, read)
		}, func(_ *http.Request, c *cardRead) string { return c.CardSerial })
	})
}

type disasterSearch struct {
	NameKana  string `json:"nameKana"`
	Birthdate string `json:"birthdate"`
	Address   string `json:"address"`
}

func BenchmarkHotDisasterSearch(b *testing.B) {
	type answer struct {
		Candidates []struct {
			CandidateID string `json:"candidateId"`
			Name        string `json:"name"`
			NameKana    string `json:"nameKana"`
			Sex1        string `json:"sex1"`
			Birthdate   string `json:"birthdate"`
			Address     string `json:"address"`
			InsurerName string `json:"insurerName"`
		} `json:"candidates"`
	}
	eachSize(b, func(b *testing.B, persons int) {
		beside[disasterSearch, answer](b, persons, func(i int) *asked {
			return newAsked(http.MethodPost, "/disaster/searches", benchToken, disasterSearch{fmt.Sprintf("ｶｸｳ %d", i), birthdate(i), "仮想市"})
		}, func(_ *http.Request, s *disasterSearch) string { return s.NameKana })
	})
}

func BenchmarkHotSelfInformation(b *testing.B) {
	type answer struct {
		Entries []struct {
			Status                      string          `json:"status"`
			Message                     string          `json:"message"`
			InsurerNumber               string          `json:"insurerNumber"`
			InsurerName                 string          `json:"insurerName"`
			InsuredCardSymbol           string          `json:"insuredCardSymbol"`
			InsuredIdentificationNumber string          `json:"insuredIdentificationNumber"`
			InsuredBranchNumber         string          `json:"insuredBranchNumber"`
			InsuredCardExpirationDate   string          `json:"insuredCardExpirationDate"`
			QualificationDate           string          `json:"qualificationDate"`
			DisqualificationDate        string          `json:"disqualificationDate"`
			Benefits                    []world.Benefit `json:"benefits"`
		} `json:"entries"`
	}
	eachSize(b, func(b *testing.B, persons int) {
		beside[struct{}, answer](b, persons, func(i int) *asked {
			logIn := newAsked(http.MethodPost, "/mynaportal/sessions", "", map[string]string{"cardSerial": fmt.Sprintf("c%d", i), "pin": "1234"})
			w := &taken{header: http.Header{}}
			logIn.send(nation(b, persons), w)
			var session struct{ Token string }
			if err := json.Unmarshal(w.body, &session); err != nil || session.Token == "" {
				b.Fatalf("%d: %s", w.status, w.body)
			}
			return newAsked(http.MethodGet, "/mynaportal/self-information", session.Token, nil)
		}, func(r *http.Request, _ *struct{}) string { return r.Header.Get("Authorization") })
	})
}

func birthdate(i int) string { return fmt.Sprintf("%d-%02d-%02d", 1930+i%90, 1+i%12, 1+i%28) }
