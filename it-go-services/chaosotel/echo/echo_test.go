// SPDX-License-Identifier: Apache-2.0

package chaosecho

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v5"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

func TestHandlerKnowsTheID(t *testing.T) {
	router := echo.New()
	router.Use(Middleware())
	var seen chaosotel.Chaos
	router.GET("/files/:name", func(c *echo.Context) error {
		seen, _ = chaosotel.FromContext(c.Request().Context())
		c.Request().Pattern = "GET /files/:name"
		return c.NoContent(http.StatusNoContent)
	})
	router.GET("/refused", func(*echo.Context) error { return echo.NewHTTPError(http.StatusTeapot, "no coffee") })
	for id, want := range map[string]string{"a/fault": "a/fault", "": "", "a b": ""} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/files/small", nil)
		request.Header.Set("X-Chaos-ID", id)
		router.ServeHTTP(httptest.NewRecorder(), request)
		if seen.ID != want {
			t.Errorf("%q: got %q, want %q", id, seen.ID, want)
		}
		if request.Pattern != "GET /files/:name" {
			t.Errorf("outside, the route is %q", request.Pattern)
		}
	}
	answer := httptest.NewRecorder()
	router.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/refused", nil))
	if answer.Code != http.StatusTeapot {
		t.Errorf("an error: got %d, want 418", answer.Code)
	}
}
