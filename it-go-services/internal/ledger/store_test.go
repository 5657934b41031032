// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

func open(t *testing.T, url string, habits fragile.Habits) *Store {
	t.Helper()
	s, err := Open(Pool{URL: url, MaxOpen: 5, MaxIdle: 2, Lifetime: time.Minute}, habits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	eventually(t, func() error { return s.Migrate(t.Context()) })
	return s
}

func TestLedger(t *testing.T) {
	url := postgres(t)
	t.Run("a transfer is written once, however often it is asked for", func(t *testing.T) { once(t, open(t, url, fragile.Habits{})) })
	t.Run("a transfer that is cut short leaves nothing", func(t *testing.T) { cutShort(t, open(t, url, fragile.Habits{})) })
	t.Run("rows are closed where the caller has gone", func(t *testing.T) {
		s := open(t, url, fragile.Habits{})
		abandon(s)
		if got := s.db.Stats().InUse; got != 0 {
			t.Errorf("%d connections are in use, want none", got)
		}
	})
	t.Run("unclosed rows keep their connection", func(t *testing.T) {
		s := open(t, url, fragile.Habits{UnclosedRows: true})
		abandon(s)
		if got := s.db.Stats().InUse; got != 1 {
			t.Errorf("%d connections are in use, want 1", got)
		}
	})
	t.Run("a database that the server does not have is a refusal, a server that does not answer is not", func(t *testing.T) {
		refused(t, strings.Replace(url, "/postgres?", "/nope?", 1), true)
		refused(t, "postgres://postgres@127.0.0.1:"+freePort(t)+"/postgres?sslmode=disable", false)
	})
	t.Run("requests", func(t *testing.T) { requests(t, open(t, url, fragile.Habits{})) })
}

func refused(t *testing.T, url string, want bool) {
	s, err := Open(Pool{URL: url, MaxOpen: 1}, fragile.Habits{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Migrate(t.Context())
	if err == nil || IsRefused(err) != want {
		t.Errorf("%s: %v, a refusal: %t, want %t", url, err, IsRefused(err), want)
	}
}

func once(t *testing.T, s *Store) {
	before, err := s.Audit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := s.Write(t.Context(), Transfer{Key: "k1", From: "a", To: "b", Cents: 5}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, err := s.Audit(t.Context()); err != nil || got != (Audit{Transfers: before.Transfers + 1}) {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, err := s.Balance(t.Context(), "b"); err != nil || got != 5 {
		t.Errorf("got %d, %v; want 5", got, err)
	}
	if got, err := s.Balance(t.Context(), "nobody"); err != nil || got != 0 {
		t.Errorf("got %d, %v; want 0", got, err)
	}
}

func cutShort(t *testing.T, s *Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Write(ctx, Transfer{Key: "cut", From: "a", To: "b", Cents: 5}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want Canceled", err)
	}
	if got, err := s.Audit(t.Context()); err != nil || got.Sum != 0 || got.OneSided != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}

// abandon asks for a balance on behalf of somebody who has gone.
func abandon(s *Store) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _ = s.Balance(ctx, "a")
}

func requests(t *testing.T, s *Store) {
	h := NewHandler(s, time.Second, fragile.Habits{}, zap.NewNop())
	for _, test := range []struct {
		method, path, body string
		status             int
	}{
		{http.MethodPost, "/transfers", `{"from":"a","to":"c","cents":7}`, http.StatusCreated},
		{http.MethodPost, "/transfers", `{"from":"a","to":"a","cents":7}`, http.StatusBadRequest},
		{http.MethodPost, "/transfers", `{"from":"a","to":"c"}`, http.StatusBadRequest},
		{http.MethodGet, "/accounts/c", "", http.StatusOK},
		{http.MethodGet, "/audit", "", http.StatusOK},
	} {
		recorder := httptest.NewRecorder()
		h.ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), test.method, test.path, strings.NewReader(test.body)))
		if recorder.Code != test.status {
			t.Errorf("%s %s %s: got %d %s, want %d", test.method, test.path, test.body, recorder.Code, recorder.Body, test.status)
		}
	}
}

func TestADatabaseThatIsNotThere(t *testing.T) {
	s, err := Open(Pool{URL: "postgres://postgres@127.0.0.1:1/none?sslmode=disable", MaxOpen: 1, MaxIdle: 1}, fragile.Habits{})
	if err != nil {
		t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	NewHandler(s, time.Second, fragile.Habits{}, zap.NewNop()).
		ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/accounts/a", nil))
	if recorder.Code != http.StatusServiceUnavailable {
		t.Errorf("got %d %s, want 503", recorder.Code, recorder.Body)
	}
}
