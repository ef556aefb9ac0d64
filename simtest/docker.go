package simtest

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// container is a container by its id.
type container string

// The ports that the program listens on in its container.
const (
	publicPort  = "8080"
	controlPort = "8081"
)

// label marks our containers, so that those of a killed test can be found and removed.
const label = "onshisim.simtest"

// runContainer begins a container with its state in memory. The token goes by the environment: arguments can be seen by
// everybody on the machine.
func runContainer(ctx context.Context, image, token string, flags ...string) (container, error) {
	args := []string{
		"run", "--detach", "--pull", "never", "--label", label,
		"--publish", "127.0.0.1::" + publicPort, "--publish", "127.0.0.1::" + controlPort, "--env", "SIM_CONTROL_TOKEN",
		image, "serve", "--listen", ":" + publicPort, "--control-listen", ":" + controlPort,
	}
	command := exec.CommandContext(ctx, "docker", append(args, flags...)...)
	command.Env = append(command.Environ(), "SIM_CONTROL_TOKEN="+token)
	id, err := output(command)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", fmt.Errorf("%w: install docker and start its engine, or run the simulator in process with simtest.Run", err)
	case err != nil && strings.Contains(err.Error(), "No such image"):
		return "", fmt.Errorf("there is no image %q here: build it with `make image` in the simulator's folder, or name another with simtest.Image", image)
	case err != nil && strings.Contains(err.Error(), "Cannot connect to the Docker daemon"):
		return "", fmt.Errorf("no docker engine answers: start it, or run the simulator in process with simtest.Run (%w)", err)
	case err != nil:
		return "", err
	}
	return container(id), nil
}

// address is where a port of the container is on this machine.
func (c container) address(ctx context.Context, port string) (string, error) {
	address, err := docker(ctx, "port", string(c), port+"/tcp")
	first, _, _ := strings.Cut(address, "\n")
	return first, err
}

// ended says that the container does not run any more, and why; nil if it runs, or can't be asked.
func (c container) ended(ctx context.Context) error {
	running, err := docker(ctx, "inspect", "--format", "{{.State.Running}}", string(c))
	if err != nil || running == "true" {
		return nil
	}
	return fmt.Errorf("the container ended by itself; its log:\n%s", strings.TrimSpace(c.logs(ctx)))
}

// logs is what the program wrote, or why that is not known.
func (c container) logs(ctx context.Context) string {
	text, err := exec.CommandContext(ctx, "docker", "logs", "--tail", "200", string(c)).CombinedOutput()
	if err != nil {
		return fmt.Sprintf("docker logs: %v: %s", err, text)
	}
	return string(text)
}

// remove ends the container and takes it away with its volume.
func (c container) remove(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	_, err := docker(ctx, "rm", "--force", "--volumes", string(c))
	return err
}

// docker runs a docker command and gives what it prints.
func docker(ctx context.Context, args ...string) (string, error) {
	return output(exec.CommandContext(ctx, "docker", args...))
}

// output is what a command prints; its error has what the command says of it.
func output(command *exec.Cmd) (string, error) {
	text, err := command.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		err = fmt.Errorf("docker %s: %w: %s", command.Args[1], err, strings.TrimSpace(string(exit.Stderr)))
	}
	return strings.TrimSpace(string(text)), err
}
