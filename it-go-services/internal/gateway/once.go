// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
)

// dialOnce returns a dialer that connects, and never again.
func dialOnce() func(ctx context.Context, address string) (net.Conn, error) {
	var connected atomic.Bool
	return func(ctx context.Context, address string) (net.Conn, error) {
		if connected.Load() {
			return nil, errors.New("this connection is made only once")
		}
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		connected.Store(err == nil)
		return conn, err
	}
}
