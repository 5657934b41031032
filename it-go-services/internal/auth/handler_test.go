// SPDX-License-Identifier: Apache-2.0

package auth

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
)

var secret = token.Secret("a secret of some length for this test")

func TestIssuedSessionIsActiveUntilRevoked(t *testing.T) {
	h := NewHandler(secret)
	var issued struct{ Token string }
	decode(t, send(h, http.MethodGet, "/token", ""), &issued)
	session, err := secret.Session(issued.Token)
	if err != nil {
		t.Fatal(err)
	}
	if !active(t, h, session) {
		t.Error("a new session is not active")
	}
	if got := send(h, http.MethodDelete, "/sessions/"+session, "").Code; got != http.StatusNoContent {
		t.Errorf("revoke: got %d, want 204", got)
	}
	if active(t, h, session) {
		t.Error("a revoked session is active")
	}
}

func TestVerifyWantsASession(t *testing.T) {
	for _, body := range []string{"", "rubbish", "{}"} {
		if got := send(NewHandler(secret), http.MethodPost, "/verify", body).Code; got != http.StatusBadRequest {
			t.Errorf("body %q: got %d, want 400", body, got)
		}
	}
}

func TestRevokedSessionsAreForgottenWhenTheirTokensHaveExpired(t *testing.T) {
	known, start := newSessions(), time.Unix(0, 0)
	known.revoke("old", start)
	known.revoke("new", start.Add(tokenLife+time.Second))
	if len(known.revoked) != 1 || known.active("new") {
		t.Errorf("remembers %v, want only new", known.revoked)
	}
}

func active(t *testing.T, h http.Handler, session string) bool {
	t.Helper()
	var verdict struct{ Active bool }
	decode(t, send(h, http.MethodPost, "/verify", `{"session":"`+session+`"}`), &verdict)
	return verdict.Active
}

func decode(t *testing.T, answer *httptest.ResponseRecorder, into any) {
	t.Helper()
	if answer.Code != http.StatusOK {
		t.Fatalf("got %d %s, want 200", answer.Code, answer.Body)
	}
	if err := json.Unmarshal(answer.Body.Bytes(), into); err != nil {
		t.Fatal(err)
	}
}

func send(h http.Handler, method, path, body string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, httptest.NewRequest(method, path, strings.NewReader(body)))
	return recorder
}
