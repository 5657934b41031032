// SPDX-License-Identifier: Apache-2.0

package service

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/admin"
)

const drainTime = 5 * time.Second

// Server is one port of a service. Kratos' transport servers are such, too.
type Server interface {
	Start(context.Context) error
	Stop(context.Context) error
}

// run serves until ctx ends or a server fails, then stops all in their order within drainTime.
func run(ctx context.Context, health *admin.Handler, servers []Server) error {
	failed := make(chan error, len(servers))
	var serving sync.WaitGroup
	for _, server := range servers {
		serving.Go(func() {
			// Not ctx: requests in hand must outlive the signal that ends it.
			if err := server.Start(context.WithoutCancel(ctx)); err != nil {
				failed <- err
			}
		})
	}
	health.SetReady(true)
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	health.SetReady(false)
	err = errors.Join(err, stop(servers))
	serving.Wait()
	return err
}

func stop(servers []Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	var err error
	for _, server := range servers {
		err = errors.Join(err, server.Stop(ctx))
	}
	return err
}
