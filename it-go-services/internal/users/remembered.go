// SPDX-License-Identifier: Apache-2.0

package users

import (
	"sync"
	"time"
)

const (
	rememberFor = 10 * time.Minute
	rememberMax = 10_000
)

// remembered holds sessions that auth-service called active not long ago, for the time when it cannot be asked.
type remembered struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// newRemembered knows the demo sessions from the start, so that there is an answer even if the first call fails.
func newRemembered(now time.Time) *remembered {
	r := &remembered{until: map[string]time.Time{}}
	r.learn("demo", true, now)
	r.learn(guest, true, now)
	return r
}

func (r *remembered) learn(session string, active bool, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !active {
		delete(r.until, session)
		return
	}
	if len(r.until) >= rememberMax {
		clear(r.until) // forgetting costs a "cannot tell" during an outage; growing without end costs the service
	}
	r.until[session] = now.Add(rememberFor)
}

func (r *remembered) active(session string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return now.Before(r.until[session])
}
