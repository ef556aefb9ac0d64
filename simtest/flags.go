package simtest

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Flags are what an insurer sets or lifts on a member.
type Flags struct {
	NonDisclosure          *bool    // the non-disclosure flag (不開示該当フラグ); nil: stays as it is
	SelfInformationBlocked *bool    // the self-information flag (自己情報提供不可フラグ); nil: stays as it is
	Items                  []string // for these alone (P6-1): eligibility, benefits, checkups; none: for the branch number as a whole
	Reason                 string   // goes on record (P15-3); empty: 申出
	AppliedOn              string   // the day of the application, as in 2021-04-01; empty: the world's day
}

// SetFlags sets or lifts flags of a membership, as its insurer does it at the intermediate server.
func (w *World) SetFlags(t TB, personalInsuredNumber string, flags Flags) {
	t.Helper()
	insurer, err := w.insurerOf(t.Context(), personalInsuredNumber)
	if err != nil {
		t.Fatalf("simtest: set flags: %v", err)
	}
	body := map[string]any{
		"reason": cmp.Or(flags.Reason, "申出"), "appliedOn": cmp.Or(flags.AppliedOn, w.Now(t).Format(time.DateOnly)),
	}
	if flags.NonDisclosure != nil {
		body["nonDisclosure"] = *flags.NonDisclosure
	}
	if flags.SelfInformationBlocked != nil {
		body["selfInformationBlocked"] = *flags.SelfInformationBlocked
	}
	if len(flags.Items) > 0 {
		body["items"] = flags.Items
	}
	answer := w.Do(t, http.MethodPatch, "/intermediate/members/"+url.PathEscape(personalInsuredNumber)+"/flags", w.Token(t, insurer), body)
	if answer.Status != http.StatusOK {
		t.Fatalf("simtest: set flags of %q: %s", personalInsuredNumber, answer)
	}
}

// insurerOf is the insurer of a membership.
func (w *World) insurerOf(ctx context.Context, personalInsuredNumber string) (insurerNumber string, err error) {
	current, err := w.Control.Get(ctx)
	if err != nil {
		return "", err
	}
	for i := range current.Persons {
		for j := range current.Persons[i].Members {
			if m := &current.Persons[i].Members[j]; m.PersonalInsuredNumber == personalInsuredNumber {
				return m.InsurerNumber, nil
			}
		}
	}
	return "", fmt.Errorf("nobody in the world %s has the personal insured number %q", w.Name, personalInsuredNumber)
}
