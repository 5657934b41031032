// SPDX-License-Identifier: Apache-2.0

// Package chaosecho is chaosotel for Echo.
package chaosecho

import (
	"net/http"

	"github.com/labstack/echo/v5"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

// Middleware lets requests be followed: c.Request().Context() has the id. Put it after what begins the span.
func Middleware() echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) (err error) {
			chaosotel.ServeRequest(c.Request(), func(r *http.Request) {
				c.SetRequest(r)
				err = next(c)
			})
			return err
		}
	}
}
