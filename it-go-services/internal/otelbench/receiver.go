// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// receiver is a JVM that does nothing but take spans.
type receiver struct {
	url     string
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
}

func startReceiver(command []string) (*receiver, error) {
	process := exec.Command(command[0], command[1:]...)
	process.Stderr = os.Stderr
	in, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, err
	}
	r := &receiver{process: process, in: in, out: bufio.NewScanner(out)}
	if !r.out.Scan() {
		return nil, errors.Join(errors.New("the receiver did not say its port"), process.Wait())
	}
	r.url = "http://127.0.0.1:" + r.out.Text()
	return r, nil
}

// used is the processor time that the JVM has taken so far, and how many spans came since this was last asked.
func (r *receiver) used() (processor time.Duration, spans int, err error) {
	if _, err := io.WriteString(r.in, "\n"); err != nil {
		return 0, 0, err
	}
	if !r.out.Scan() {
		return 0, 0, errors.New("the receiver has ended")
	}
	if spans, err = strconv.Atoi(r.out.Text()); err != nil {
		return 0, 0, err
	}
	processor, err = processorTimeOf(r.process.Process.Pid)
	return processor, spans, err
}

// processorTimeOf asks the clock that each process has, to the nanosecond: /proc has hundredths of a second.
func processorTimeOf(pid int) (time.Duration, error) {
	const scheduled = 2 // CPUCLOCK_SCHED
	var used unix.Timespec
	err := unix.ClockGettime(int32(^pid<<3|scheduled), &used)
	return time.Duration(used.Nano()), err
}

// close lets it end, as its input does.
func (r *receiver) close() error {
	r.in.Close()
	return r.process.Wait()
}
