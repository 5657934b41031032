// SPDX-License-Identifier: Apache-2.0

// Package auth is the auth-service: it issues tokens and knows which sessions have been revoked.
package auth

import (
	"sync"
	"time"
)

// sessions remembers revoked sessions until their tokens have expired by themselves.
type sessions struct {
	mu      sync.Mutex
	revoked map[string]time.Time // session -> when it may be forgotten
}

func newSessions() *sessions {
	return &sessions{revoked: map[string]time.Time{}}
}

func (s *sessions) revoke(session string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for old, forget := range s.revoked {
		if now.After(forget) {
			delete(s.revoked, old)
		}
	}
	s.revoked[session] = now.Add(tokenLife)
}

func (s *sessions) active(session string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, revoked := s.revoked[session]
	return session != "" && !revoked
}
