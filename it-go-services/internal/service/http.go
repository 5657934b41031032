// SPDX-License-Identifier: Apache-2.0

package service

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// HTTPServer is an http.Server that listens from the moment it is made.
type HTTPServer struct {
	server   *http.Server
	listener net.Listener
}

// NewHTTPServer listens on addr. What comes in before Start waits in the kernel's queue.
func NewHTTPServer(addr string, handler http.Handler) (*HTTPServer, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen for HTTP: %w", err)
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 2 * time.Second,
		ReadTimeout:       5 * time.Second,
		// Longer than our clients keep an idle connection: the side that sends must be the one that closes.
		IdleTimeout: 10 * time.Second,
	}
	return &HTTPServer{server: server, listener: listener}, nil
}

// Addr is the address it listens on.
func (s *HTTPServer) Addr() net.Addr {
	return s.listener.Addr()
}

// Start serves until Stop.
func (s *HTTPServer) Start(context.Context) error {
	if err := s.server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve HTTP on %s: %w", s.listener.Addr(), err)
	}
	return nil
}

// Stop lets the requests in hand finish until ctx ends, then cuts them off.
func (s *HTTPServer) Stop(ctx context.Context) error {
	if err := s.server.Shutdown(ctx); err != nil {
		return errors.Join(err, s.server.Close())
	}
	return nil
}
