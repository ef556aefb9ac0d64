package main

import "onshisim/client"

// planeFlags say which world of which running simulator a command is about.
type planeFlags struct {
	World      string `default:"default" help:"${world}"`
	ControlURL string `default:"http://127.0.0.1:8081" env:"SIM_CONTROL_URL" help:"${planeURL}"`
	tokenFlags
	trustFlags
}

func (f *planeFlags) world() *client.World {
	return (&client.Plane{URL: f.ControlURL, Token: f.token(), HTTP: f.client()}).World(f.World)
}
