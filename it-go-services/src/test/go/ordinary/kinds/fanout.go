// SPDX-License-Identifier: Apache-2.0

package kinds

import (
	"context"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// fanOut passes each request on to all of TARGETS, side by side, and waits for none longer than a second and a half.
func fanOut(string) Call {
	client := &http.Client{
		Timeout:   1500 * time.Millisecond,
		Transport: &http.Transport{MaxIdleConnsPerHost: 100},
	}
	targets := strings.Split(os.Getenv("TARGETS"), ",")
	return func(ctx context.Context) error {
		var calls sync.WaitGroup
		for _, target := range targets {
			calls.Go(func() { _ = Get(ctx, client, target) })
		}
		calls.Wait()
		return nil
	}
}
