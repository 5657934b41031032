// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"log"
	"os/signal"
	"path/filepath"
	"syscall"
)

// K3sContainer waits for this line, which K3s writes when a node may have pods.
const readyLine = "Node controller sync successful"

// serve brings the node up and keeps it until it is told to end, or until one of its programs dies: then the node is
// broken.
func serve(arguments []string) error {
	asked, release := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer release()
	ctx, cancel := context.WithCancelCause(asked)
	defer cancel(nil)

	n, err := newNode(arguments)
	if err != nil {
		return err
	}
	if err := prepareContainer(); err != nil {
		return err
	}
	if n.Cgroup, err = ownCgroup(); err != nil {
		return err
	}
	if err := n.writeConfiguration(); err != nil {
		return err
	}
	s := &server{node: n, programs: newProcesses(), broken: cancel}
	if err := s.bringUp(ctx); err != nil && asked.Err() == nil {
		return errors.Join(err, context.Cause(ctx))
	}
	<-ctx.Done()
	if asked.Err() == nil {
		return context.Cause(ctx)
	}
	log.Print("stopped") // whatever still runs ends with this container
	return nil
}

type server struct {
	node     *node
	programs *processes
	broken   context.CancelCauseFunc
}

// bringUp starts each program once what it talks to answers: earlier it would only take processors from the others,
// and wait before it tries again.
func (s *server) bringUp(ctx context.Context) error {
	s.keep(etcd())
	s.keep(containerd())
	images := inBackground(func() error { return importImages(s.programs) })
	if err := s.node.makeCertificates(); err != nil {
		return err
	}
	if err := waitUntil(ctx, "etcd listens", listens("tcp", etcdAddress)); err != nil {
		return err // too early, and the API server would wait a second before it tries again
	}
	log.Print("etcd listens")
	s.keep(s.node.apiServer())

	api, err := newAPI()
	if err != nil {
		return err
	}
	if err := waitUntil(ctx, "the API server answers", api.exists("/version")); err != nil {
		return err
	}
	log.Print("the API server answers")
	s.keep(controllerManager())
	s.keep(scheduler())
	if err := <-images; err != nil { // before there are pods: those with imagePullPolicy Never give up at once
		return err
	}
	log.Print("the images are there")
	s.keep(s.node.kubelet())
	s.keep(proxy())
	if err := waitUntil(ctx, "the API server is ready", api.exists("/readyz")); err != nil {
		return err
	}
	log.Print("the API server is ready")
	if err := s.applyManifests(); err != nil {
		return err
	}
	if err := waitUntil(ctx, "node "+s.node.Name+" is ready", api.nodeIsReady(s.node.Name)); err != nil {
		return err
	}
	account := "/api/v1/namespaces/default/serviceaccounts/default" // without it no pod is admitted
	if err := waitUntil(ctx, "namespace default has its ServiceAccount", api.exists(account)); err != nil {
		return err
	}
	log.Print(readyLine)
	return nil
}

// keep starts a program without which the node is broken.
func (s *server) keep(p program) {
	ended, err := s.programs.start(nil, p.name, p.options...)
	if err != nil {
		s.broken(err)
		return
	}
	go func() { s.broken(errors.New(obituary(p.name, <-ended))) }()
}

// applyManifests applies those of this image, then those that a test may have copied in.
func (s *server) applyManifests() error {
	for _, dir := range []string{ownFiles + "/manifests", manifestsDir} {
		manifests, err := filepath.Glob(dir + "/*.yaml")
		if err != nil {
			return err
		}
		for _, manifest := range manifests {
			if err := s.programs.run(nil, "kubectl", "apply", "--filename="+manifest); err != nil {
				return err
			}
		}
	}
	return nil
}

func inBackground(work func() error) <-chan error {
	result := make(chan error, 1)
	go func() { result <- work() }()
	return result
}
