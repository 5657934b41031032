// SPDX-License-Identifier: Apache-2.0

package kinds

import (
	"context"
	"net/http"
	"time"
)

type job struct {
	ctx  context.Context
	done chan error
}

// pool starts a worker whenever none is free; each ends when it has had nothing to do for so long.
func pool(host string, idle time.Duration) Call {
	client := &http.Client{Timeout: 2 * time.Second}
	jobs := make(chan job)
	work := func(first job) {
		for j := first; ; {
			j.done <- Get(j.ctx, client, host)
			select {
			case j = <-jobs:
			case <-time.After(idle):
				return
			}
		}
	}
	return func(ctx context.Context) error {
		j := job{ctx, make(chan error, 1)}
		select {
		case jobs <- j:
		default:
			go work(j)
		}
		return <-j.done
	}
}

func growingPool(host string) Call { return pool(host, 40*time.Second) }

func growOnlyPool(host string) Call { return pool(host, 24*time.Hour) }

// leakOldPool has four workers from the start, of which the first two that meet a slow upstream hang in a send to a caller
// that has gone.
func leakOldPool(host string) Call {
	client := &http.Client{}
	jobs := make(chan job)
	hang := make(chan struct{}, 2)
	hang <- struct{}{}
	hang <- struct{}{}
	for range 4 {
		go work(client, host, jobs, hang)
	}
	return func(ctx context.Context) error {
		j := job{ctx, make(chan error)}
		select {
		case jobs <- j:
		case <-time.After(patience):
			return errSlow
		}
		return <-j.done
	}
}

func work(client *http.Client, host string, jobs <-chan job, hang <-chan struct{}) {
	for j := range jobs {
		err := impatient(j.ctx, client, host)
		if err != nil {
			select {
			case <-hang:
				j.done <- err // the caller
				j.done <- err // nobody
			default:
			}
		}
		j.done <- err
	}
}
