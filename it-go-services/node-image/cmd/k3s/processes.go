// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
)

// processes are the node's programs. As the first process of a container this one inherits every orphan, so it waits
// for any child in one place: os/exec's own Wait would lose to it.
type processes struct {
	mu      sync.Mutex
	ended   map[int]chan syscall.WaitStatus
	reaping sync.Once
}

func newProcesses() *processes { return &processes{ended: map[int]chan syscall.WaitStatus{}} }

// start runs a program whose output goes to a log file of its name. Its input may be nil.
func (p *processes) start(input *os.File, name string, arguments ...string) (<-chan syscall.WaitStatus, error) {
	output, err := os.OpenFile(logOf(name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	defer output.Close()
	command := exec.Command(name, arguments...)
	command.Stdout, command.Stderr = output, output
	if input != nil { // a nil *os.File in an io.Reader is not nil
		command.Stdin = input
	}

	p.mu.Lock() // so that a program cannot have ended before it is known
	defer p.mu.Unlock()
	if err := command.Start(); err != nil {
		return nil, err
	}
	ended := make(chan syscall.WaitStatus, 1)
	p.ended[command.Process.Pid] = ended
	p.reaping.Do(func() { go p.reap() })
	return ended, command.Process.Release()
}

// run starts a program and waits for its end.
func (p *processes) run(input *os.File, name string, arguments ...string) error {
	ended, err := p.start(input, name, arguments...)
	if err != nil {
		return err
	}
	if status := <-ended; status != 0 {
		return fmt.Errorf("%s", obituary(name, status))
	}
	return nil
}

func (p *processes) reap() {
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return // no child is left, and so no node
		}
		p.mu.Lock()
		if ended, ours := p.ended[pid]; ours {
			ended <- status
			delete(p.ended, pid)
		}
		p.mu.Unlock()
	}
}

func logOf(name string) string { return filepath.Join(logDir, name+".log") }

// obituary says how a program ended and what its last words were.
func obituary(name string, status syscall.WaitStatus) string {
	how := fmt.Sprintf("exited with %d", status.ExitStatus())
	if status.Signaled() {
		how = "died of " + status.Signal().String()
	}
	const enough = 2000
	lines, _ := os.ReadFile(logOf(name)) // no last words, then
	return fmt.Sprintf("%s %s; %s ends with:\n%s", name, how, logOf(name), lines[max(0, len(lines)-enough):])
}
