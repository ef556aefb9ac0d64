package main

import "onshisim/client"

// planeFlags say which world of which running simulator a command is about.
type planeFlags struct {
	World        string `default:"default" help:"${world}"`
	ControlURL   string `default:"http://127.0.0.1:8081" env:"SIM_CONTROL_URL" help:"${planeURL}"`
	ControlToken string `env:"SIM_CONTROL_TOKEN" help:"${controlToken}"`
}

func (f *planeFlags) world() *client.World {
	return (&client.Plane{URL: f.ControlURL, Token: f.ControlToken}).World(f.World)
}
