// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

const soon = 20 * time.Millisecond

// api is the little of the API that bringing up a node needs.
type api struct {
	client        *http.Client
	server, token string
}

// newAPI trusts the authority that tlsDir holds.
func newAPI(n *node) (*api, error) {
	authority, err := os.ReadFile(authorityFile)
	if err != nil {
		return nil, err
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(authority)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}}
	return &api{&http.Client{Transport: transport, Timeout: 5 * time.Second}, n.Server, n.Token}, nil
}

// get yields no body for anything but 200: it is there and fine, or it is not yet.
func (a *api) get(path string) []byte {
	response, err := a.ask(a.client, path)
	if err != nil {
		return nil
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		return nil
	}
	return body
}

func (a *api) ask(client *http.Client, path string) (*http.Response, error) {
	request, err := http.NewRequest(http.MethodGet, a.server+path, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+a.token)
	return client.Do(request)
}

func (a *api) exists(path string) func() bool {
	return func() bool { return a.get(path) != nil }
}

func (a *api) nodeIsReady(name string) func() bool {
	return func() bool {
		var answer struct {
			Status struct {
				Conditions []struct{ Type, Status string }
			}
		}
		if json.Unmarshal(a.get("/api/v1/nodes/"+name), &answer) != nil {
			return false
		}
		for _, condition := range answer.Status.Conditions {
			if condition.Type == "Ready" {
				return condition.Status == "True"
			}
		}
		return false
	}
}

func listens(network, address string) func() bool {
	return func() bool {
		connection, err := net.Dial(network, address)
		if err != nil {
			return false
		}
		connection.Close()
		return true
	}
}

func waitUntil(ctx context.Context, what string, happened func() bool) error {
	for !happened() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("gave up waiting: %s: %w", what, context.Cause(ctx))
		case <-time.After(soon):
		}
	}
	return nil
}
