// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"log"
	"path/filepath"
)

// K3sContainer waits for this line, which K3s writes when a node may have pods.
const readyLine = "Node controller sync successful"

const ownServer = "https://127.0.0.1:6443"

func server(arguments []string) error {
	n, err := newNode(arguments)
	if err != nil {
		return err
	}
	n.Server = ownServer
	if n.Token == "" {
		n.Token = newToken()
	}
	if err := checkToken(n.Token); err != nil {
		return err
	}
	return serve(n, (*services).startServer)
}

// startServer starts each program once what it talks to answers: earlier it would only take processors from the others,
// and wait before it tries again.
func (s *services) startServer(ctx context.Context) error {
	s.keep(etcd())
	s.keep(containerd())
	images := inBackground(func() error { return importImages(s.programs) })
	if err := s.node.makeCertificates(); err != nil {
		return err
	}
	if err := s.node.writeTokens(); err != nil {
		return err
	}
	if err := waitUntil(ctx, "etcd listens", listens("tcp", etcdAddress)); err != nil {
		return err // too early, and the API server would wait a second before it tries again
	}
	log.Print("etcd listens")
	s.keep(s.node.apiServer())

	api, err := newAPI(s.node)
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
	if err := s.joinPodNetwork(ctx, api, firstPodNetwork); err != nil {
		return err
	}
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

// applyManifests applies those of this image, then those that a test may have copied in.
func (s *services) applyManifests() error {
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
