// SPDX-License-Identifier: Apache-2.0

package service

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"google.golang.org/grpc"
	"google.golang.org/grpc/keepalive"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

// GRPCServer is a grpc.Server that listens from the moment it is made.
type GRPCServer struct {
	*grpc.Server
	listener net.Listener
}

// NewGRPCServer listens on addr. Register services on it before Start.
func NewGRPCServer(addr string) (*GRPCServer, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen for gRPC: %w", err)
	}
	server := grpc.NewServer(append(GRPCOptions(),
		grpc.UnaryInterceptor(chaosotel.UnaryServerInterceptor()),
		grpc.StreamInterceptor(chaosotel.StreamServerInterceptor()))...)
	return &GRPCServer{Server: server, listener: listener}, nil
}

// GRPCOptions are the time-outs and the telemetry of a gRPC server.
func GRPCOptions() []grpc.ServerOption {
	return []grpc.ServerOption{
		grpc.StatsHandler(otelgrpc.NewServerHandler()),
		grpc.ConnectionTimeout(2 * time.Second),
		// Pings end what a client left behind when it vanished from the network without a word.
		grpc.KeepaliveParams(keepalive.ServerParameters{
			MaxConnectionIdle: 20 * time.Second, Time: 10 * time.Second, Timeout: 5 * time.Second}),
	}
}

// Addr is the address it listens on.
func (s *GRPCServer) Addr() net.Addr {
	return s.listener.Addr()
}

// Start serves until Stop.
func (s *GRPCServer) Start(context.Context) error {
	if err := s.Serve(s.listener); err != nil && !errors.Is(err, grpc.ErrServerStopped) {
		return fmt.Errorf("serve gRPC on %s: %w", s.listener.Addr(), err)
	}
	return nil
}

// Stop lets the calls in hand finish until ctx ends, then cuts them off.
func (s *GRPCServer) Stop(ctx context.Context) error {
	spare := context.AfterFunc(ctx, s.Server.Stop)
	defer spare()
	s.GracefulStop()
	return nil
}
