// SPDX-License-Identifier: Apache-2.0

// Package chaosgin is chaosotel for Gin.
package chaosgin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

// Middleware lets requests be followed: c.Request.Context() has the id. Put it after what begins the span.
func Middleware() gin.HandlerFunc {
	return func(c *gin.Context) {
		chaosotel.ServeRequest(c.Request, func(r *http.Request) {
			c.Request = r
			c.Next()
		})
	}
}
