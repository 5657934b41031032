// SPDX-License-Identifier: Apache-2.0

package chaoskratos

import (
	"context"
	nethttp "net/http"
	"testing"

	"github.com/go-kratos/kratos/v3/transport"
	"github.com/go-kratos/kratos/v3/transport/grpc"
	"github.com/go-kratos/kratos/v3/transport/http"
	health "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

var shop = chaosotel.Chaos{ID: "a/fault", Type: "DnsChaos"}

func TestHTTP(t *testing.T) {
	server := http.NewServer(http.Address("127.0.0.1:0"), http.Middleware(Server()))
	seen := make(chan chaosotel.Chaos, 1)
	server.Route("/").GET("/", func(ctx http.Context) error {
		_, err := ctx.Middleware(func(ctx context.Context, _ any) (any, error) {
			c, _ := chaosotel.FromContext(ctx)
			seen <- c
			return nil, nil
		})(ctx, nil)
		if err != nil {
			return err
		}
		return ctx.JSON(nethttp.StatusOK, struct{}{})
	})
	client, err := http.NewClient(t.Context(), http.WithEndpoint(serve(t, server)), http.WithMiddleware(Client()))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for name, want := range map[string]chaosotel.Chaos{"with an id": shop, "without": {}} {
		ctx := chaosotel.NewContext(t.Context(), want)
		if err := client.Invoke(ctx, nethttp.MethodGet, "/", nil, &struct{}{}); err != nil {
			t.Fatal(err)
		}
		if got := <-seen; got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

// follower tells what it knows of each call.
type follower struct {
	health.UnimplementedHealthServer
	seen chan chaosotel.Chaos
}

func (f follower) Check(ctx context.Context, _ *health.HealthCheckRequest) (*health.HealthCheckResponse, error) {
	c, _ := chaosotel.FromContext(ctx)
	f.seen <- c
	return &health.HealthCheckResponse{}, nil
}

func TestGRPC(t *testing.T) {
	server := grpc.NewServer(grpc.Address("127.0.0.1:0"), grpc.Middleware(Server()), grpc.CustomHealth())
	f := follower{seen: make(chan chaosotel.Chaos, 1)}
	health.RegisterHealthServer(server, f)
	conn, err := grpc.NewClient(t.Context(), grpc.WithEndpoint(serve(t, server)), grpc.WithMiddleware(Client()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for name, test := range map[string]struct {
		ctx  context.Context
		want chaosotel.Chaos
	}{
		"of the context": {chaosotel.NewContext(t.Context(), shop), shop},
		"metadata":       {metadata.AppendToOutgoingContext(t.Context(), "chaos-id", "a"), chaosotel.Chaos{ID: "a"}},
		"nothing":        {t.Context(), chaosotel.Chaos{}},
	} {
		if _, err := health.NewHealthClient(conn).Check(test.ctx, &health.HealthCheckRequest{}); err != nil {
			t.Fatal(err)
		}
		if got := <-f.seen; got != test.want {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

// serve returns the address of a server that stops with the test.
func serve(t *testing.T, server interface {
	transport.Server
	transport.Endpointer
}) string {
	t.Helper()
	endpoint, err := server.Endpoint()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- server.Start(context.Background()) }()
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
		<-done
	})
	return endpoint.Host
}
