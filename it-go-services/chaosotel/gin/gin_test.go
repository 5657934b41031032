// SPDX-License-Identifier: Apache-2.0

package chaosgin

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

func TestHandlerKnowsTheID(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.Recovery(), Middleware())
	var seen chaosotel.Chaos
	router.GET("/users/:id", func(c *gin.Context) {
		seen, _ = chaosotel.FromContext(c.Request.Context())
		c.Request.Pattern = c.FullPath()
	})
	router.GET("/panic", func(*gin.Context) { panic("a bug") })
	for id, want := range map[string]string{"a/fault": "a/fault", "": "", "a b": ""} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/users/1", nil)
		request.Header.Set("X-Chaos-ID", id)
		router.ServeHTTP(httptest.NewRecorder(), request)
		if seen.ID != want {
			t.Errorf("%q: got %q, want %q", id, seen.ID, want)
		}
		if request.Pattern != "/users/:id" {
			t.Errorf("outside, the route is %q", request.Pattern)
		}
	}
	answer := httptest.NewRecorder()
	router.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/panic", nil))
	if answer.Code != http.StatusInternalServerError {
		t.Errorf("a panic: got %d, want 500", answer.Code)
	}
}
