// SPDX-License-Identifier: Apache-2.0

package kinds

import (
	"context"
	"net/http"
	"time"
)

// keepAlive is the most ordinary client: two idle connections are kept.
func keepAlive(host string) Call {
	client := &http.Client{Timeout: 2 * time.Second}
	return func(ctx context.Context) error { return Get(ctx, client, host) }
}

// hundredIdle keeps as many connections as it ever needed side by side.
func hundredIdle(host string) Call {
	client := &http.Client{
		Timeout:   2 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: 100},
	}
	return func(ctx context.Context) error { return Get(ctx, client, host) }
}

// hedging asks again where there is no answer soon, and takes the first.
func hedging(host string) Call {
	client := &http.Client{Timeout: 2 * time.Second}
	return func(ctx context.Context) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		answers := make(chan error, 2)
		ask := func() { answers <- Get(ctx, client, host) }
		go ask()
		select {
		case err := <-answers:
			return err
		case <-time.After(patience):
			go ask()
			return <-answers
		}
	}
}

// deadlineWaiters leaves a goroutine to each call, which waits until the call's time would be over.
func deadlineWaiters(host string) Call {
	client := &http.Client{}
	return func(ctx context.Context) error {
		limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), 8*time.Second)
		go func() {
			defer cancel()
			<-limit.Done()
		}()
		return Get(limit, client, host)
	}
}
