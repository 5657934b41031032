// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"
	"net"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	health "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/test/bufconn"
)

// follower answers with what it knows; its Watch calls next for the answer.
type follower struct {
	health.UnimplementedHealthServer
	t        *testing.T
	seen     Chaos
	profiles string
}

func (f *follower) Check(ctx context.Context, _ *health.HealthCheckRequest) (*health.HealthCheckResponse, error) {
	f.see(ctx)
	return &health.HealthCheckResponse{}, nil
}

func (f *follower) Watch(_ *health.HealthCheckRequest, stream health.Health_WatchServer) error {
	f.see(stream.Context())
	return stream.Send(&health.HealthCheckResponse{})
}

func (f *follower) see(ctx context.Context) {
	f.seen, _ = FromContext(ctx)
	f.profiles = profiled(f.t, "(*follower).see")
}

func TestGRPC(t *testing.T) {
	for name, call := range map[string]func(context.Context, health.HealthClient) error{
		"unary": func(ctx context.Context, client health.HealthClient) error {
			_, err := client.Check(ctx, &health.HealthCheckRequest{})
			return err
		},
		"stream": func(ctx context.Context, client health.HealthClient) error {
			stream, err := client.Watch(ctx, &health.HealthCheckRequest{})
			if err == nil {
				_, err = stream.Recv()
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := &follower{t: t}
			client := connect(t, f)
			for what, test := range map[string]struct {
				ctx  context.Context
				want Chaos
			}{
				"id of the context": {NewContext(t.Context(), shop), shop},
				"metadata":          {metadata.AppendToOutgoingContext(t.Context(), "chaos-id", shop.ID, "chaos-type", shop.Type), shop},
				"beside metadata": {metadata.AppendToOutgoingContext(NewContext(t.Context(), shop),
					"chaos-id", "another", "user", "7"), shop},
				"baggage":   {metadata.AppendToOutgoingContext(t.Context(), "baggage", "chaos.id=a"), Chaos{ID: "a"}},
				"malformed": {metadata.AppendToOutgoingContext(t.Context(), "chaos-id", "a b"), Chaos{}},
				"nothing":   {t.Context(), Chaos{}},
			} {
				if err := call(test.ctx, client); err != nil {
					t.Errorf("%s: %v", what, err)
				}
				if f.seen != test.want {
					t.Errorf("%s: got %+v, want %+v", what, f.seen, test.want)
				}
				if label := `"chaos_id":"` + test.want.ID + `"`; strings.Contains(f.profiles, label) != (test.want.ID != "") {
					t.Errorf("%s: want %s in %s", what, label, f.profiles)
				}
			}
		})
	}
}

// connect returns a client of the server; both have the interceptors.
func connect(t *testing.T, served health.HealthServer) health.HealthClient {
	t.Helper()
	listener := bufconn.Listen(1 << 16)
	server := grpc.NewServer(
		grpc.UnaryInterceptor(UnaryServerInterceptor()), grpc.StreamInterceptor(StreamServerInterceptor()))
	health.RegisterHealthServer(server, served)
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	conn, err := grpc.NewClient("passthrough:///", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }),
		grpc.WithUnaryInterceptor(UnaryClientInterceptor()), grpc.WithStreamInterceptor(StreamClientInterceptor()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		conn.Close()
		server.Stop()
		<-done
	})
	return health.NewHealthClient(conn)
}
