package work

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"onshisim/bench/load"
	"onshisim/sim/world"
)

// Call is a request with the answer that the simulator gave to it.
type Call struct {
	Method string          `json:"method"`
	Path   string          `json:"path"` // without the world's prefix
	Token  string          `json:"token"`
	Body   json.RawMessage `json:"body,omitempty"`
	Answer []byte          `json:"answer"`
}

// varying are the fields of an answer that differ from one request to the next.
var varying = []string{
	"cardReadId", "limitApplicationCertificateRelatedConsTime", "specificDiseasesCertificateRelatedConsTime",
	"specificHealthCheckupsInfoConsTime", "specificHealthCheckupsInfoAvailableTime", "pharmacistsInfoConsTime", "pharmacistsInfoAvailableTime",
}

// Request is the call as it goes to a server at a host, under a world's prefix.
func (c *Call) Request(host, prefix string) load.Request {
	if c.Method == http.MethodGet {
		return load.Request{Wire: load.Get(host, prefix+c.Path, c.Token), Answer: load.Expect(c.Answer, varying...)}
	}
	return load.Request{Wire: load.Post(host, prefix+c.Path, c.Token, c.Body), Answer: load.Expect(c.Answer, varying...)}
}

// Requests are calls as they go to a server.
func Requests(calls []Call, host, prefix string) []load.Request {
	requests := make([]load.Request, len(calls))
	for i := range calls {
		requests[i] = calls[i].Request(host, prefix)
	}
	return requests
}

// The hot paths.
const (
	Certificate = "certificate-check"
	CardRead    = "card-read"
	Search      = "disaster-search"
	Self        = "self-information"
)

// Names are the hot paths in the order in which they are shown.
var Names = []string{Certificate, CardRead, Search, Self}

const (
	certificatePath = "/terminal/certificate-checks"
	cardReadPath    = "/terminal/card-reads"
	searchPath      = "/disaster/searches"
	selfPath        = "/mynaportal/self-information"
)

// World is a world of a simulator, with what is needed to ask about its persons.
type World struct {
	Address string // host:port of the national systems
	Prefix  string // of every path: empty for the first world
	Token   string // of an institution
	Persons []world.Person
}

// Record asks about each person, and gives by hot path the calls that were answered with something.
func (w *World) Record(ctx context.Context) (map[string][]Call, error) {
	recorded := map[string][]Call{}
	for i := range w.Persons {
		for name, make := range makers {
			call, err := make(ctx, w, &w.Persons[i])
			if errors.Is(err, errNothing) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			recorded[name] = append(recorded[name], call)
		}
	}
	for _, name := range Names {
		if len(recorded[name]) == 0 {
			return nil, fmt.Errorf("%s: not one of %d persons can be asked about", name, len(w.Persons))
		}
	}
	return recorded, nil
}

// errNothing says that a person can't be asked about in this way: without a card, say.
var errNothing = errors.New("nothing to ask")

var makers = map[string]func(ctx context.Context, w *World, p *world.Person) (Call, error){
	Certificate: recordCertificate, CardRead: recordCardRead, Search: recordSearch, Self: recordSelf,
}

func recordCertificate(ctx context.Context, w *World, p *world.Person) (Call, error) {
	m, err := latest(p)
	if err != nil {
		return Call{}, err
	}
	return w.post(ctx, certificatePath, certificateCheck{
		InsurerNumber: m.InsurerNumber, InsuredCardSymbol: m.InsuredCardSymbol, InsuredIdentificationNumber: m.InsuredIdentificationNumber,
		InsuredBranchNumber: m.InsuredBranchNumber, Birthdate: m.Birthdate,
	}, `"qualificationValidity":"1"`)
}

func recordCardRead(ctx context.Context, w *World, p *world.Person) (Call, error) {
	card, err := registered(p)
	if err != nil {
		return Call{}, err
	}
	return w.post(ctx, cardReadPath, cardRead{
		CardSerial: card.CardSerial, Verification: verification{"pin", card.PIN}, Consents: consents{Medicines: true},
	}, `"qualificationValidity":"1"`)
}

// CardReadWith is a request that reads a person's card with some consents, whatever comes of it but an error.
func CardReadWith(w *World, p *world.Person, given world.Consents) load.Request {
	body, _ := json.Marshal(cardRead{p.RegisteredCard, verification{"staff", ""}, consents(given)}) // nothing in it can't be JSON
	return load.Request{Wire: load.Post(w.Address, w.Prefix+cardReadPath, w.Token, body), Answer: load.Anything}
}

func recordSearch(ctx context.Context, w *World, p *world.Person) (Call, error) {
	m, err := latest(p)
	if err != nil || m.Address == "" {
		return Call{}, errNothing
	}
	return w.post(ctx, searchPath, search{Name: m.Name, Birthdate: m.Birthdate, Address: m.Address}, `"candidateId"`)
}

func recordSelf(ctx context.Context, w *World, p *world.Person) (Call, error) {
	card, err := registered(p)
	if err != nil {
		return Call{}, err
	}
	in, err := w.post(ctx, "/mynaportal/sessions", login{card.CardSerial, card.PIN}, `"token"`)
	if err != nil {
		return Call{}, err
	}
	var opened session
	if err := json.Unmarshal(in.Answer, &opened); err != nil {
		return Call{}, err
	}
	call := Call{Method: http.MethodGet, Path: selfPath, Token: opened.Token}
	return call, w.answer(ctx, &call, `"status":"provided"`)
}

func latest(p *world.Person) (*world.Member, error) {
	if len(p.Members) == 0 {
		return nil, errNothing
	}
	return &p.Members[len(p.Members)-1], nil
}

func registered(p *world.Person) (*world.Card, error) {
	for i := range p.Cards {
		if c := &p.Cards[i]; c.CardSerial == p.RegisteredCard && c.Status == world.CardValid {
			return c, nil
		}
	}
	return nil, errNothing
}

func (w *World) post(ctx context.Context, path string, body any, want string) (Call, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return Call{}, err
	}
	call := Call{Method: http.MethodPost, Path: path, Token: w.Token, Body: text}
	return call, w.answer(ctx, &call, want)
}

// answer sends a call and notes its answer, which has to hold a text; otherwise there was nothing to ask.
func (w *World) answer(ctx context.Context, call *Call, want string) error {
	request, err := http.NewRequestWithContext(ctx, call.Method, "http://"+w.Address+w.Prefix+call.Path, bytes.NewReader(call.Body))
	if err != nil {
		return err
	}
	if call.Body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Authorization", "Bearer "+call.Token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if call.Answer, err = io.ReadAll(response.Body); err != nil {
		return err
	}
	switch status := response.StatusCode; {
	case status >= 500, status == http.StatusUnauthorized, status == http.StatusNotFound, status == http.StatusUnprocessableEntity:
		return fmt.Errorf("%s %s %s: %s %s", call.Method, call.Path, call.Body, response.Status, call.Answer)
	case !bytes.Contains(call.Answer, []byte(want)):
		return errNothing
	}
	return nil
}
