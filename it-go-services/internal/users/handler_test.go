// SPDX-License-Identifier: Apache-2.0

package users

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"go.uber.org/goleak"
	"go.uber.org/zap"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
)

var secret = token.Secret("a secret of some length for this test")

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction(leakedGoroutine)) // leaked by TestLeakFragile... on purpose
}

func TestUserIsServedToAnActiveSession(t *testing.T) {
	h := newHandler(newAuthService(t), fragile.Habits{})
	status, body := get(t, h, "/users/1", bearer(t, "s1"))
	if status != http.StatusOK || body["name"] != "Ada Lovelace" || body["degraded"] != false {
		t.Errorf("got %d %v, want Ada Lovelace, not degraded", status, body)
	}
}

func TestWhoIsRefused(t *testing.T) {
	config := Config{AuthURL: newAuthService(t).URL, Tokens: token.Checks{Secret: secret}}
	strict := NewHandler(config, fragile.Habits{}, zap.NewNop())
	for name, authorization := range map[string]string{
		"no token":          "",
		"not a bearer":      "Basic dXNlcjpwYXNz",
		"not a token":       "Bearer rubbish",
		"session not alive": bearer(t, "revoked"),
	} {
		if status, body := get(t, strict, "/users/1", authorization); status != http.StatusUnauthorized {
			t.Errorf("%s: got %d %v, want 401", name, status, body)
		}
	}
}

func TestGuestsAreServedIfAllowed(t *testing.T) {
	auth := newAuthService(t)
	status, _ := get(t, newHandler(auth, fragile.Habits{}), "/users/1", "")
	if status != http.StatusOK || auth.calls.Load() != 1 {
		t.Errorf("got %d after %d calls to auth-service, want 200 after 1", status, auth.calls.Load())
	}
}

func TestTokenOfAnotherUserIsForbidden(t *testing.T) {
	h := newHandler(newAuthService(t), fragile.Habits{})
	claims := jwt.RegisteredClaims{ID: "s1", Subject: "2", ExpiresAt: jwt.NewNumericDate(time.Now().Add(time.Hour))}
	signed, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/users/2": http.StatusOK, "/users/1": http.StatusForbidden} {
		if status, body := get(t, h, path, "Bearer "+signed); status != want {
			t.Errorf("%s: got %d %v, want %d", path, status, body, want)
		}
	}
}

func TestBrokenSignatureIsAnErrorOfTheFragileServiceAlone(t *testing.T) {
	broken := bearer(t, "s1") + "x"
	for want, habits := range map[int]fragile.Habits{
		http.StatusUnauthorized:        {},
		http.StatusInternalServerError: {SignaturePanics: true},
	} {
		if status, body := get(t, newHandler(newAuthService(t), habits), "/users/1", broken); status != want {
			t.Errorf("%+v: got %d %v, want %d", habits, status, body, want)
		}
	}
}

func TestUnknownUser(t *testing.T) {
	h := newHandler(newAuthService(t), fragile.Habits{})
	if status, _ := get(t, h, "/users/99", ""); status != http.StatusNotFound {
		t.Errorf("got %d, want 404", status)
	}
}

func newHandler(auth *authService, habits fragile.Habits) http.Handler {
	config := Config{AuthURL: auth.URL, Tokens: token.Checks{Secret: secret, Habits: habits}, AllowGuests: true}
	return NewHandler(config, habits, zap.NewNop())
}

func bearer(t *testing.T, session string) string {
	t.Helper()
	signed, err := secret.Issue(session, time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return "Bearer " + signed
}

func get(t *testing.T, h http.Handler, path, authorization string) (status int, body map[string]any) {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, request)
	if err := json.Unmarshal(recorder.Body.Bytes(), &body); err != nil {
		t.Errorf("answer %q is not JSON: %v", recorder.Body, err)
	}
	return recorder.Code, body
}
