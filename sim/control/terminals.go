package control

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

func (h *handler) mountTerminals(g huma.API) {
	const terminal = "/worlds/{world}/terminals/{institution}"
	web.Register(g, huma.Operation{
		OperationID: "take-file", Method: http.MethodPost, Path: terminal + "/files",
		Summary:     "What a terminal needs to answer one XML file: its token, the world's time, and the fault that strikes the file",
		Description: "Asked by the link application (連携アプリ) for every file; each time counts for faults.",
	}, h.takeFile)
	web.Register(g, huma.Operation{
		OperationID: "present-card", Method: http.MethodPost, Path: terminal + "/presentations", DefaultStatus: http.StatusCreated,
		Summary: "Put a My Number card on the institution's card reader (顔認証付きカードリーダー)",
	}, h.presentCard)
	web.Register(g, huma.Operation{
		OperationID: "list-presentations", Method: http.MethodGet, Path: terminal + "/presentations",
		Summary: "The cards on the reader, in the order in which they came",
	}, h.listPresentations)
	web.Register(g, huma.Operation{
		OperationID: "get-presentation", Method: http.MethodGet, Path: terminal + "/presentations/{id}",
		Summary: "A card on the reader, and what came of it",
	}, h.getPresentation)
	web.Register(g, huma.Operation{
		OperationID: "end-presentation", Method: http.MethodPost, Path: terminal + "/presentations/{id}/outcome",
		Summary: "Say what became of a card on the reader; its terminal does",
	}, h.endPresentation)
}

// TerminalPath is the input of every operation on an institution's terminal; exported like WorldPath.
type TerminalPath struct {
	WorldPath
	Institution string `path:"institution" maxLength:"64" doc:"medical institution code"`
}

// institution is the institution whose terminal it is.
func (h *handler) institution(ctx context.Context, in *TerminalPath) (*world.World, world.Organisation, error) {
	w, err := h.settled(ctx, in.World)
	if err != nil {
		return nil, world.Organisation{}, err
	}
	o, known := w.Organisation(in.Institution)
	if !known || o.Role != world.RoleInstitution {
		return nil, o, world.UnknownInstitution(in.Institution)
	}
	return w, o, nil
}

type takeFileInput struct {
	TerminalPath
	Body struct {
		Message string `json:"message" required:"false" maxLength:"64" doc:"as in OQSsiquc01; face is what a card read drops, other a file that is no request; absent: the file was taken before, and no other fault strikes it"`
	}
}

type takeFileOutput struct {
	Body world.TakenFile
}

func (h *handler) takeFile(ctx context.Context, in *takeFileInput) (*takeFileOutput, error) {
	w, o, err := h.institution(ctx, &in.TerminalPath)
	if err != nil {
		return nil, err
	}
	taken, err := w.TakeFile(ctx, o, in.Body.Message)
	return &takeFileOutput{taken}, err
}

type presentCardInput struct {
	TerminalPath
	Body world.PresentedCard
}

type presentationOutput struct {
	Body world.Presentation
}

func (h *handler) presentCard(ctx context.Context, in *presentCardInput) (*presentationOutput, error) {
	w, _, err := h.institution(ctx, &in.TerminalPath)
	if err != nil {
		return nil, err
	}
	p, err := w.PresentCard(ctx, in.Institution, in.Body)
	return &presentationOutput{p}, err
}

// Waiting is a question that may be kept until there is an answer; exported like WorldPath.
type Waiting struct {
	Wait int `query:"wait" minimum:"0" maximum:"5" doc:"seconds to wait for it"`
}

type listPresentationsInput struct {
	TerminalPath
	Waiting
	Status string `query:"status" enum:"waiting,read,refused" doc:"absent: all"`
}

type presentationsOutput struct {
	Body struct {
		Presentations []world.Presentation `json:"presentations"`
	}
}

func (h *handler) listPresentations(ctx context.Context, in *listPresentationsInput) (*presentationsOutput, error) {
	out := &presentationsOutput{}
	err := h.await(ctx, &in.TerminalPath, in.Wait, func(w *world.World) (bool, error) {
		out.Body.Presentations = w.Presentations(in.Institution, in.Status)
		return len(out.Body.Presentations) > 0, nil
	})
	return out, err
}

// PresentationPath is the input of every operation on a card on a reader; exported like WorldPath.
type PresentationPath struct {
	TerminalPath
	ID string `path:"id" maxLength:"64" doc:"the presentationId"`
}

type getPresentationInput struct {
	PresentationPath
	Waiting
}

func (h *handler) getPresentation(ctx context.Context, in *getPresentationInput) (*presentationOutput, error) {
	out := &presentationOutput{}
	err := h.await(ctx, &in.TerminalPath, in.Wait, func(w *world.World) (_ bool, err error) {
		out.Body, err = w.Presentation(in.Institution, in.ID)
		return out.Body.Status != world.PresentationWaiting, err
	})
	return out, err
}

type endPresentationInput struct {
	PresentationPath
	Body world.PresentationOutcome
}

func (h *handler) endPresentation(ctx context.Context, in *endPresentationInput) (*presentationOutput, error) {
	w, _, err := h.institution(ctx, &in.TerminalPath)
	if err != nil {
		return nil, err
	}
	p, err := w.EndPresentation(ctx, in.Institution, in.ID, in.Body)
	return &presentationOutput{p}, err
}

// betweenLooks is how often a question that waits looks again: another process may have changed the world.
const betweenLooks = 100 * time.Millisecond

// await looks at a terminal's world until what is looked for is there, at most for some seconds.
func (h *handler) await(ctx context.Context, in *TerminalPath, seconds int, look func(*world.World) (there bool, err error)) error {
	w, _, err := h.institution(ctx, in)
	if err != nil {
		return err
	}
	over := time.NewTimer(min(time.Duration(seconds)*time.Second, longestWait))
	defer over.Stop()
	again := time.NewTicker(betweenLooks)
	defer again.Stop()
	for {
		if there, err := look(w); there || err != nil || seconds == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return nil // nobody waits for the answer any more, or the program is about to end
		case <-over.C:
			return nil
		case <-again.C:
		}
		if w, err = h.Worlds.World(ctx, in.World); err != nil {
			return err
		}
	}
}

// operationsOf are what a fault of a system can be about.
func (h *handler) operationsOf(system string) []string {
	if system == world.Files {
		return world.FileMessages
	}
	return h.Operations[system]
}
