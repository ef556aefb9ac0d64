package simtest_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"onshisim/simtest"
)

// reception is a program under test: what a clinic shows at its counter for an insurance certificate (被保険者証).
type reception struct {
	terminal, token string // base URL of the terminals, and the institution's token
	client          http.Client
}

type certificate struct {
	InsurerNumber               string `json:"insurerNumber"`
	InsuredCardSymbol           string `json:"insuredCardSymbol"`
	InsuredIdentificationNumber string `json:"insuredIdentificationNumber"`
	Birthdate                   string `json:"birthdate"`
}

// check gives the line for the counter. It tries three times.
func (r *reception) check(ctx context.Context, c certificate) (line string, err error) {
	for range 3 {
		if line, err = r.ask(ctx, c); err == nil {
			return line, nil
		}
	}
	return "", err
}

func (r *reception) ask(ctx context.Context, c certificate) (string, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.terminal+"/certificate-checks", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	request.Header.Set("Authorization", "Bearer "+r.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := r.client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("certificate check: %s", response.Status)
	}
	var answer struct {
		Results []struct{ Name, Address, PostNumber string } `json:"results"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return "", err
	}
	if len(answer.Results) == 0 {
		return "資格が確認できません", nil
	}
	found := answer.Results[0]
	return fmt.Sprintf("%s　住所: %s", found.Name, cmp.Or(found.PostNumber+found.Address, "－")), nil
}

// The certificates of two persons of the scenario base; both flags stand at the second.
var (
	ichiro = certificate{"06990014", "1001", "10001", "1980-05-15"}
	hanako = certificate{"01990019", "2002", "20002", "1988-08-08"}
)

// A simulator without a test, as for TestMain.
func Example() {
	ctx := context.Background()
	s, err := simtest.Start(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	counter := &reception{terminal: s.World().Terminal(), token: "hospital-token"}
	defer counter.client.CloseIdleConnections()
	for _, c := range []certificate{ichiro, hanako} {
		line, err := counter.check(ctx, c)
		fmt.Println(line, err)
	}
	// Output:
	// 標準　一郎　住所: 000-0101架空県仮想市標準町一丁目1番1号 <nil>
	// 架空　花子　住所: － <nil>
}
