// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

func TestPooledKeepsItsConnection(t *testing.T) {
	if got := connectionsFor(t, Pooled(), 3); got != 1 {
		t.Errorf("3 calls took %d connections, want 1", got)
	}
}

func TestFreshConnectionsOpensOnePerCall(t *testing.T) {
	if got := connectionsFor(t, FreshConnections(), 3); got != 3 {
		t.Errorf("3 calls took %d connections, want 3", got)
	}
}

func connectionsFor(t *testing.T, client *http.Client, calls int) int32 {
	t.Helper()
	var opened atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	defer client.CloseIdleConnections()
	for range calls {
		response, err := client.Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
	}
	return opened.Load()
}
