// SPDX-License-Identifier: Apache-2.0

package kinds

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// retryQueue leaves what failed to one worker, which tries again until it works.
func retryQueue(host string) Call {
	client := &http.Client{}
	queue := make(chan struct{}, 1000)
	go func() {
		for range queue {
			for impatient(context.Background(), client, host) != nil {
				time.Sleep(100 * time.Millisecond)
			}
		}
	}()
	return func(ctx context.Context) error {
		err := impatient(ctx, client, host)
		if err != nil {
			queue <- struct{}{}
		}
		return err
	}
}

// slowDrain reports each failure in the background, to a worker that takes its time: they wait in a send for long, and
// all get through.
func slowDrain(host string) Call {
	client := &http.Client{}
	reports := make(chan error)
	go func() {
		for range reports {
			time.Sleep(100 * time.Millisecond)
		}
	}()
	return func(ctx context.Context) error {
		err := impatient(ctx, client, host)
		if err != nil {
			go func() { reports <- err }()
		}
		return err
	}
}

// watcher is started by the first failure and stays for good.
func watcher(host string) Call {
	client := &http.Client{}
	var once sync.Once
	return func(ctx context.Context) error {
		err := impatient(ctx, client, host)
		if err != nil {
			once.Do(func() {
				go func() {
					for range time.Tick(time.Second) {
						_ = impatient(context.Background(), client, host)
					}
				}()
			})
		}
		return err
	}
}
