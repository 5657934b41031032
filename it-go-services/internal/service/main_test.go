// SPDX-License-Identifier: Apache-2.0

package service

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"
)

// TestMain runs a service instead of the tests if a test started this program to be one.
func TestMain(m *testing.M) {
	if os.Getenv("SERVE_AS_TEST") != "" {
		Main("test-service", func(Kit) ([]Server, error) {
			server, err := NewHTTPServer("127.0.0.1:0", http.NotFoundHandler())
			return []Server{server}, err
		})
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

func TestMainStopsOnSigterm(t *testing.T) {
	command := start(t, "ADMIN_ADDR=127.0.0.1:0")
	waitFor(t, command, `"msg":"started"`)
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := command.Wait(); err != nil {
		t.Errorf("got %v, want exit code 0", err)
	}
}

func TestMainRefusesUnknownHabit(t *testing.T) {
	command := start(t, "FRAGILE=smoking")
	waitFor(t, command, `unknown habit \"smoking\"`)
	if err := command.Wait(); err == nil {
		t.Error("exit code 0, want an error")
	}
}

func TestMainRefusesAnAddressInUse(t *testing.T) {
	taken, err := NewHTTPServer("127.0.0.1:0", http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	defer taken.listener.Close()
	command := start(t, "ADMIN_ADDR="+taken.Addr().String())
	waitFor(t, command, "address already in use")
	if err := command.Wait(); err == nil {
		t.Error("exit code 0, want an error")
	}
}

func start(t *testing.T, env string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	command := exec.CommandContext(ctx, os.Args[0])
	t.Cleanup(cancel)
	command.Env = append(os.Environ(), "SERVE_AS_TEST=yes", env)
	return command
}

// waitFor starts the command and reads its log until a line contains text.
func waitFor(t *testing.T, command *exec.Cmd, text string) {
	t.Helper()
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	for lines := bufio.NewScanner(output); lines.Scan(); {
		if strings.Contains(lines.Text(), text) {
			return
		}
		log.WriteString(lines.Text() + "\n")
	}
	t.Fatalf("no line with %s in its log:\n%s", text, &log)
}
