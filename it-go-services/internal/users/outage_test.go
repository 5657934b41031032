// SPDX-License-Identifier: Apache-2.0

package users

import (
	"net/http"
	"testing"
	"time"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/outgoing"
)

func TestKnownSessionsAreServedDegradedDuringAnOutage(t *testing.T) {
	auth := newAuthService(t)
	h := newHandler(auth, fragile.Habits{})
	regular := bearer(t, "regular")
	get(t, h, "/users/1", regular)
	auth.broken.Store(true)
	for name, authorization := range map[string]string{
		"seen before the outage": regular, "guest": "", "demo": bearer(t, "demo"),
	} {
		if status, body := get(t, h, "/users/1", authorization); status != http.StatusOK || body["degraded"] != true {
			t.Errorf("%s: got %d %v, want 200 and degraded", name, status, body)
		}
	}
	if status, body := get(t, h, "/users/1", bearer(t, "stranger")); status != http.StatusBadGateway {
		t.Errorf("stranger: got %d %v, want 502", status, body)
	}
}

func TestSessionRevokedBeforeTheOutageIsNotServed(t *testing.T) {
	auth := newAuthService(t)
	h := newHandler(auth, fragile.Habits{})
	get(t, h, "/users/1", bearer(t, "revoked"))
	auth.broken.Store(true)
	if status, _ := get(t, h, "/users/1", bearer(t, "revoked")); status != http.StatusBadGateway {
		t.Errorf("got %d, want 502", status)
	}
}

func TestBreakerLeavesAuthServiceAloneUntilItRecovers(t *testing.T) {
	auth := newAuthService(t)
	auth.broken.Store(true)
	h := newHandler(auth, fragile.Habits{})
	for range 20 {
		get(t, h, "/users/1", "")
	}
	if calls := auth.calls.Load(); calls != outgoing.BreakerFailures {
		t.Errorf("%d calls reached auth-service, want %d", calls, outgoing.BreakerFailures)
	}
	auth.broken.Store(false)
	for range 100 {
		if _, body := get(t, h, "/users/1", ""); body["degraded"] == false {
			return
		}
		time.Sleep(outgoing.BreakerOpen / 10)
	}
	t.Error("the breaker never closed again")
}

func TestHangingAuthServiceIsNotWaitedFor(t *testing.T) {
	h := newHandler(newHangingAuthService(t), fragile.Habits{})
	// The test itself would hang if the call did.
	if status, body := get(t, h, "/users/1", ""); status != http.StatusOK || body["degraded"] != true {
		t.Errorf("got %d %v, want 200 and degraded", status, body)
	}
}

func TestRememberedSessionsExpireAndAreBounded(t *testing.T) {
	start := time.Unix(0, 0)
	r := newRemembered(start)
	if r.active("demo", start.Add(rememberFor)) {
		t.Error("a session is remembered for too long")
	}
	for session := range rememberMax + 1 {
		r.learn(string(rune(session)), true, start)
	}
	if len(r.until) > rememberMax {
		t.Errorf("%d sessions remembered, want at most %d", len(r.until), rememberMax)
	}
}
