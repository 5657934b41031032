// SPDX-License-Identifier: Apache-2.0

package admin

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestReadinessFollowsTheService(t *testing.T) {
	h := NewHandler()
	if got := get(h, "/readyz").Code; got != http.StatusServiceUnavailable {
		t.Errorf("before it is ready: got %d, want 503", got)
	}
	h.SetReady(true)
	if got := get(h, "/readyz").Code; got != http.StatusOK {
		t.Errorf("when it is ready: got %d, want 200", got)
	}
	h.SetReady(false)
	if got := get(h, "/readyz").Code; got != http.StatusServiceUnavailable {
		t.Errorf("when it drains: got %d, want 503", got)
	}
	if got := get(h, "/healthz").Code; got != http.StatusOK {
		t.Errorf("it lives all the while: got %d, want 200", got)
	}
}

func TestObserversFindWhatTheyNeed(t *testing.T) {
	h := NewHandler()
	for path, want := range map[string]string{
		"/metrics":                       "go_goroutines ",
		"/debug/vars":                    `"goroutines": `,
		"/debug/pprof/goroutine?debug=2": "goroutine ",
		"/debug/pprof/":                  "heap",
	} {
		answer := get(h, path)
		if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), want) {
			t.Errorf("GET %s: got %d without %q", path, answer.Code, want)
		}
	}
}

func get(h http.Handler, path string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
	return recorder
}
