package world

import (
	"context"
	"maps"
	"time"
)

// PutReferenceNumber gives a person an institution's own number (照会番号), which comes back in its later results.
func (w *World) PutReferenceNumber(ctx context.Context, institution string, p *Insured, number string) error {
	return w.do(ctx, p.Ordinal, about(p, func(_ *State, p *Insured, _ time.Time) ([]change, error) {
		return []change{&referenceNumberPut{institution, p.ID, number}}, nil
	}))
}

type referenceNumberPut struct {
	Institution     string `json:"institution"`
	Person          string `json:"person"`
	ReferenceNumber string `json:"referenceNumber"`
}

func (e *referenceNumberPut) apply(s *State, _ time.Time) {
	s.edit(s.found(byID, e.Person), func(p *Insured) {
		numbers := map[string]string{}
		maps.Copy(numbers, p.referenceNumbers)
		numbers[e.Institution] = e.ReferenceNumber
		p.referenceNumbers = numbers
	})
}
