package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

func (h *handler) mountCheckpoints(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "list-checkpoints", Method: http.MethodGet, Path: "/worlds/{world}/checkpoints", Summary: "The world's checkpoints, by name",
	}, h.listCheckpoints)
	web.Register(g, huma.Operation{
		OperationID: "put-checkpoint", Method: http.MethodPut, Path: "/worlds/{world}/checkpoints/{name}",
		Summary: "Name the state as it is now; a name in use is given to this state",
	}, h.putCheckpoint)
	web.Register(g, huma.Operation{
		OperationID: "restore-checkpoint", Method: http.MethodPost, Path: "/worlds/{world}/checkpoints/{name}/restore",
		Summary: "Make the world what it was at a checkpoint, clock and mode included",
		Description: "Sessions, consents, faults and the mutant are those of then too; faults count anew. Checkpoints stay, those put later too. " +
			"The journal stays: it is a record of what was asked, not a part of the world.",
	}, h.restoreCheckpoint)
	web.Register(g, huma.Operation{
		OperationID: "delete-checkpoint", Method: http.MethodDelete, Path: "/worlds/{world}/checkpoints/{name}", Summary: "Forget a checkpoint",
	}, h.deleteCheckpoint)
}

// CheckpointPath is the input of every operation on one checkpoint; exported like WorldPath.
type CheckpointPath struct {
	WorldPath
	Name string `path:"name" pattern:"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$" patternDescription:"1 to 64 letters, digits, dots, underscores, dashes, beginning with a letter or digit"`
}

type checkpoint struct {
	Name     string `json:"name"`
	Position uint64 `json:"position" doc:"how many events made the state"`
	Now      string `json:"now" format:"date-time" doc:"the world's time at that state"`
}

func checkpointOf(c world.Checkpoint) checkpoint {
	return checkpoint{c.Name, uint64(c.Position), world.Instant(c.Now)}
}

type checkpointsOutput struct {
	Body struct {
		Checkpoints []checkpoint `json:"checkpoints"`
	}
}

func (h *handler) listCheckpoints(ctx context.Context, in *WorldPath) (*checkpointsOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	out := &checkpointsOutput{}
	out.Body.Checkpoints = []checkpoint{}
	for _, c := range w.Checkpoints() {
		out.Body.Checkpoints = append(out.Body.Checkpoints, checkpointOf(c))
	}
	return out, nil
}

type checkpointOutput struct {
	Body checkpoint
}

func (h *handler) putCheckpoint(ctx context.Context, in *CheckpointPath) (*checkpointOutput, error) {
	w, err := h.settled(ctx, in.World)
	if err != nil {
		return nil, err
	}
	put, err := w.PutCheckpoint(ctx, in.Name)
	if err != nil {
		return nil, err
	}
	return &checkpointOutput{checkpointOf(put)}, nil
}

func (h *handler) restoreCheckpoint(ctx context.Context, in *CheckpointPath) (*checkpointOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	restored, err := w.Restore(ctx, in.Name)
	if err != nil {
		return nil, err
	}
	return &checkpointOutput{checkpointOf(restored)}, nil
}

func (h *handler) deleteCheckpoint(ctx context.Context, in *CheckpointPath) (*struct{}, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	return nil, w.DeleteCheckpoint(ctx, in.Name)
}
