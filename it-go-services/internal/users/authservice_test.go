// SPDX-License-Identifier: Apache-2.0

package users

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

// authService stands in for auth-service and can be told to fail.
type authService struct {
	*httptest.Server
	calls  atomic.Int32
	broken atomic.Bool
	hang   chan struct{} // if not nil, calls are not answered before it is closed
}

func newAuthService(t *testing.T) *authService {
	a := &authService{}
	a.Server = httptest.NewServer(http.HandlerFunc(a.verify))
	t.Cleanup(a.Close)
	return a
}

// newHangingAuthService takes calls and does not answer them before the test ends.
func newHangingAuthService(t *testing.T) *authService {
	a := newAuthService(t)
	a.hang = make(chan struct{})
	t.Cleanup(func() { close(a.hang) })
	return a
}

func (a *authService) verify(w http.ResponseWriter, r *http.Request) {
	a.calls.Add(1)
	body, _ := io.ReadAll(r.Body) // also lets net/http notice when the caller hangs up
	if a.hang != nil {
		select {
		case <-a.hang:
		case <-r.Context().Done():
		}
	}
	if a.broken.Load() {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	var question struct{ Session string }
	if err := json.Unmarshal(body, &question); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]bool{"active": question.Session != "revoked"})
}
