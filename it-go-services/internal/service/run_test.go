// SPDX-License-Identifier: Apache-2.0

package service

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/admin"
)

func TestRequestInHandOutlivesTheSignal(t *testing.T) {
	arrived, finish := make(chan struct{}), make(chan struct{})
	server, err := NewHTTPServer("127.0.0.1:0", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-finish
		if r.Context().Err() != nil {
			t.Error("the request was cancelled")
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	health, stop, stopped := runInBackground(t, server)
	answered := make(chan error, 1)
	go func() {
		response, err := http.Get("http://" + server.Addr().String())
		if err == nil {
			response.Body.Close()
		}
		answered <- err
	}()
	<-arrived
	eventually(t, "ready while it serves", func() bool { return ready(health) })
	stop()
	eventually(t, "not ready while it drains", func() bool { return !ready(health) })
	close(finish)
	if err := <-answered; err != nil {
		t.Errorf("the request in hand failed: %v", err)
	}
	if err := <-stopped; err != nil {
		t.Errorf("got %v, want a clean stop", err)
	}
	if _, err := http.Get("http://" + server.Addr().String()); err == nil {
		t.Error("still serves after it stopped")
	}
}

func TestGRPCStops(t *testing.T) {
	server, err := NewGRPCServer("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	grpc_health_v1.RegisterHealthServer(server, health.NewServer())
	_, stop, stopped := runInBackground(t, server)
	stop()
	if err := <-stopped; err != nil {
		t.Errorf("got %v, want a clean stop", err)
	}
}

func TestAServerThatFailsStopsTheOthers(t *testing.T) {
	server, err := NewHTTPServer("127.0.0.1:0", http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	_, _, stopped := runInBackground(t, server, failing{broken})
	if err := <-stopped; !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

type failing struct{ err error }

func (f failing) Start(context.Context) error { return f.err }
func (f failing) Stop(context.Context) error  { return nil }

func runInBackground(t *testing.T, servers ...Server) (*admin.Handler, context.CancelFunc, <-chan error) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	health, stopped := admin.NewHandler(), make(chan error, 1)
	go func() { stopped <- run(ctx, health, servers) }()
	return health, stop, stopped
}

func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for range 1000 {
		if condition() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("never %s", what)
}

func ready(h http.Handler) bool {
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	return recorder.Code == http.StatusOK
}
