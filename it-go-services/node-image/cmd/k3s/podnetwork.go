// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"time"
)

// clusterNode is the little of a Node that routes to its pods need.
type clusterNode struct {
	Metadata struct{ Name string }
	Spec     struct{ PodCIDR string }
	Status   struct {
		Addresses []struct{ Type, Address string }
	}
}

func (c *clusterNode) address() string {
	for _, address := range c.Status.Addresses {
		if address.Type == "InternalIP" {
			return address.Address
		}
	}
	return ""
}

func (a *api) hasNode() bool {
	var answer struct{ Items []clusterNode }
	if json.Unmarshal(a.get("/api/v1/nodes"), &answer) != nil {
		return false
	}
	return len(answer.Items) > 0 && answer.Items[0].Spec.PodCIDR != ""
}

func (a *api) podNetworkOf(name string) string {
	var answer clusterNode
	if json.Unmarshal(a.get("/api/v1/nodes/"+name), &answer) != nil {
		return ""
	}
	return answer.Spec.PodCIDR
}

// joinPodNetwork gives this node's pods addresses of its part of the network, and routes to those of other nodes. Only
// what leaves the network has the node's address: a pod sees which pod calls.
func (s *services) joinPodNetwork(ctx context.Context, api *api, own string) error {
	if err := s.programs.run(nil, "iptables", "--wait", "--table", "nat", "--append", "POSTROUTING",
		"--source", own, "!", "--destination", podNetwork, "--jump", "MASQUERADE"); err != nil {
		return err
	}
	go s.followNodes(ctx, api)
	return render("bridge.conflist", "/etc/cni/net.d/10-bridge.conflist", own)
}

// followNodes sees nodes come, and go, for as long as this one is up.
func (s *services) followNodes(ctx context.Context, api *api) {
	endless := &http.Client{Transport: api.client.Transport}
	for ctx.Err() == nil {
		if response, err := api.ask(endless, "/api/v1/nodes?watch=1"); err == nil {
			for events := json.NewDecoder(response.Body); response.StatusCode == http.StatusOK; {
				var event struct {
					Type   string
					Object clusterNode
				}
				if events.Decode(&event) != nil {
					break
				}
				s.route(event.Type == "DELETED", &event.Object)
			}
			response.Body.Close()
		}
		time.Sleep(100 * time.Millisecond) // the API server comes up, or closed an old watch
	}
}

func (s *services) route(gone bool, to *clusterNode) {
	network, address := to.Spec.PodCIDR, to.address()
	if to.Metadata.Name == s.node.Name || network == "" || address == "" {
		return
	}
	verb := "replace"
	if gone {
		verb = "delete"
	}
	if err := s.programs.run(nil, "ip", "route", verb, network, "via", address); err != nil {
		log.Printf("no route to the pods of node %s: %v", to.Metadata.Name, err)
	}
}
