// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log"
	"net/url"
	"strings"
)

func agent(arguments []string) error {
	n, err := newNode(arguments)
	if err != nil {
		return err
	}
	n.Joins = true
	if err := n.mayJoin(); err != nil {
		return err
	}
	return serve(n, (*services).startAgent)
}

func (n *node) mayJoin() error {
	server, err := url.Parse(n.Server)
	if err != nil || server.Scheme != "https" || server.Port() == "" {
		return fmt.Errorf("an agent needs --server or K3S_URL, https://HOST:6443; it is %q", n.Server)
	}
	if strings.HasPrefix(n.Token, "K10") {
		return errors.New("a token that names the server's authority is not supported: give its part after ::server:")
	}
	return checkToken(n.Token)
}

// startAgent joins the server's cluster. The server is asked for everything, so it has to answer first.
func (s *services) startAgent(ctx context.Context) error {
	s.keep(containerd())
	images := inBackground(func() error { return importImages(s.programs) })
	if err := waitUntil(ctx, "the server at "+s.node.Server+" answers", s.node.trustServer); err != nil {
		return err
	}
	api, err := newAPI(s.node)
	if err != nil {
		return err
	}
	// Pod networks are given out in the order in which nodes come, and the server has taken the first.
	if err := waitUntil(ctx, "the server lets this agent in, and has a node", api.hasNode); err != nil {
		return err
	}
	for _, client := range []string{"kubelet", "kube-proxy"} {
		if err := s.node.writeTokenKubeconfig(client); err != nil {
			return err
		}
	}
	if err := <-images; err != nil {
		return err
	}
	s.keep(s.node.kubelet())
	s.keep(proxy())
	network := ""
	if err := waitUntil(ctx, "this node has a pod network", func() bool {
		network = api.podNetworkOf(s.node.Name)
		return network != ""
	}); err != nil {
		return err
	}
	if err := s.joinPodNetwork(ctx, api, network); err != nil {
		return err
	}
	if err := waitUntil(ctx, "node "+s.node.Name+" is ready", api.nodeIsReady(s.node.Name)); err != nil {
		return err
	}
	log.Printf("node %s has joined %s", s.node.Name, s.node.Server)
	return nil
}

// trustServer takes the server's authority on trust, as K3s does for a token that does not name it.
func (n *node) trustServer() bool {
	server, err := url.Parse(n.Server)
	if err != nil {
		return false
	}
	connection, err := tls.Dial("tcp", server.Host, &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		return false
	}
	defer connection.Close()
	for _, certificate := range connection.ConnectionState().PeerCertificates {
		if certificate.IsCA {
			return writePEM(authorityFile, "CERTIFICATE", certificate.Raw) == nil
		}
	}
	return false
}
