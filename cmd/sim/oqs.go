package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"onshisim/client"
	"onshisim/sim/scenario"
	"onshisim/sim/terminal/oqs"
	"onshisim/sim/world"
)

// oqsFlags have the simulator answer a terminal's files itself.
type oqsFlags struct {
	OQS            string    `name:"oqs" env:"SIM_OQS" placeholder:"DIR" help:"${serveOQS}"`
	OQSInstitution string    `name:"oqs-institution" env:"SIM_OQS_INSTITUTION" placeholder:"CODE" help:"${serveOQSCode}"`
	Files          fileFlags `embed:"" prefix:"oqs-"`
}

func (f *oqsFlags) checkFiles(served []string) error {
	if f.OQS != "" && !slices.Contains(served, "terminal") {
		return errors.New("--oqs needs the terminal's system in this process (--systems); where another one serves it, run sim terminal")
	}
	return f.Files.check()
}

// files are the files of a terminal that are answered here; those of none if there is no link.
type files struct {
	link             *oqs.Terminal
	dir, institution string
}

// openFiles opens the folder of the flags in the first world, if they name one.
func (f *oqsFlags) openFiles(first *world.World, here scenario.Target, token string, logger *slog.Logger) (files, error) {
	if f.OQS == "" {
		return files{}, nil
	}
	opened := files{dir: f.OQS, institution: f.OQSInstitution}
	if known := first.Outline().Institutions; opened.institution == "" && len(known) > 0 {
		opened.institution = known[0].MedicalInstitutionCode
	}
	if opened.institution == "" {
		return files{}, errors.New("--oqs-institution is needed: this world names no institution of its own")
	}
	plane := &client.Plane{URL: here.ControlURL, Token: token, HTTP: here.Client}
	config := f.Files.config(f.OQS, opened.institution, plane.World(first.Name()), here.Client, logger)
	config.URL = here.PublicURL + "/terminal"
	link, err := oqs.Open(config)
	opened.link = link
	return opened, err
}

// run answers files until the context is done, or the function that it gives is called, which waits for what is being answered.
func (f *files) run(ctx context.Context) (wait func()) {
	if f.link == nil {
		return func() {}
	}
	ctx, end := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.link.Run(ctx)
	}()
	return func() {
		end()
		<-ended
	}
}
