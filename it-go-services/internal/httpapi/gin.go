// SPDX-License-Identifier: Apache-2.0

// Package httpapi is the HTTP side of the services: routers, tracing and metrics of requests.
package httpapi

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	chaosgin "github.com/chaos-junit/chaos-junit/it-go-services/chaosotel/gin"
)

// NewGin returns a router that logs no requests: under load the logs would cost more than the answers.
func NewGin() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.Recovery(), namePattern, chaosgin.Middleware())
	return router
}

// namePattern tells Traced which route it was, so that spans and metrics are by route and not by path.
func namePattern(c *gin.Context) {
	if route := c.FullPath(); route != "" {
		c.Request.Pattern = c.Request.Method + " " + route
	}
	c.Next()
}

// Traced adds a span and the metrics of OpenTelemetry to each request.
func Traced(next http.Handler) http.Handler {
	return otelhttp.NewHandler(next, "http", otelhttp.WithSpanNameFormatter(spanName))
}

func spanName(_ string, r *http.Request) string {
	if r.Pattern != "" {
		return r.Pattern
	}
	return r.Method
}
