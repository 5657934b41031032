// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"log"
	"os/signal"
	"syscall"
)

// services are the programs of a node that is being brought up or runs.
type services struct {
	node     *node
	programs *processes
	broken   context.CancelCauseFunc
}

// serve brings a node up and keeps it until it is told to end, or until one of its programs dies: then the node is
// broken.
func serve(n *node, bringUp func(*services, context.Context) error) error {
	asked, release := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer release()
	ctx, cancel := context.WithCancelCause(asked)
	defer cancel(nil)

	if err := prepareContainer(); err != nil {
		return err
	}
	var err error
	if n.Cgroup, err = ownCgroup(); err != nil {
		return err
	}
	if err := n.writeConfiguration(); err != nil {
		return err
	}
	s := &services{node: n, programs: newProcesses(), broken: cancel}
	if err := bringUp(s, ctx); err != nil && asked.Err() == nil {
		return errors.Join(err, context.Cause(ctx))
	}
	<-ctx.Done()
	if asked.Err() == nil {
		return context.Cause(ctx)
	}
	log.Print("stopped") // whatever still runs ends with this container
	return nil
}

// keep starts a program without which the node is broken.
func (s *services) keep(p program) {
	ended, err := s.programs.start(nil, p.name, p.options...)
	if err != nil {
		s.broken(err)
		return
	}
	go func() { s.broken(errors.New(obituary(p.name, <-ended))) }()
}

func inBackground(work func() error) <-chan error {
	result := make(chan error, 1)
	go func() { result <- work() }()
	return result
}
