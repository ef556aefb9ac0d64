package mynaportal

import (
	"context"

	"onshisim/sim/disclosure"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

type exchangeRecordsOutput struct {
	Body struct {
		Records []exchangeRecord `json:"records"`
	}
}

// exchangeRecord is one exchange between organisations (P12-b).
type exchangeRecord struct {
	InquiredAt string `json:"inquiredAt" format:"date-time"`
	Inquirer   string `json:"inquirer"`
	Provider   string `json:"provider"`
	Item       string `json:"item"`
}

// listExchangeRecords shows the exchanges that completed and that nobody hides (P6-4, P6-5).
func listExchangeRecords(ctx context.Context, in *readingInput) (*exchangeRecordsOutput, error) {
	p, err := in.subject(ctx)
	if err != nil {
		return nil, err
	}
	w := web.AccessOf(ctx).World
	look := web.AccessOf(ctx).World.Look(ctx)
	out := &exchangeRecordsOutput{}
	out.Body.Records = []exchangeRecord{}
	for i := range p.ExchangeRecords {
		r := &p.ExchangeRecords[i]
		if look.DecideRecord(p, r) != disclosure.Provided {
			continue
		}
		inquirer, provider := w.SidesOf(r)
		out.Body.Records = append(out.Body.Records, exchangeRecord{world.Instant(r.InquiredAt), inquirer, provider, r.Item})
	}
	return out, nil
}
