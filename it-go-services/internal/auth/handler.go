// SPDX-License-Identifier: Apache-2.0

package auth

import (
	"crypto/rand"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/httpapi"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
)

const tokenLife = 24 * time.Hour

// NewHandler answers GET /token, POST /verify and DELETE /sessions/:id.
func NewHandler(secret token.Secret) http.Handler {
	known := newSessions()
	router := httpapi.NewGin()
	router.GET("/token", func(c *gin.Context) { issue(c, secret) })
	router.POST("/verify", func(c *gin.Context) { verify(c, known) })
	router.DELETE("/sessions/:id", func(c *gin.Context) {
		known.revoke(c.Param("id"), time.Now())
		c.Status(http.StatusNoContent)
	})
	return httpapi.Traced(router)
}

func issue(c *gin.Context, secret token.Secret) {
	signed, err := secret.Issue(rand.Text(), time.Now().Add(tokenLife))
	if err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": err.Error()})
		return
	}
	c.JSON(http.StatusOK, gin.H{"token": signed})
}

func verify(c *gin.Context, known *sessions) {
	var question struct {
		Session string `json:"session" binding:"required"`
	}
	if err := c.ShouldBindJSON(&question); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	c.JSON(http.StatusOK, gin.H{"active": known.active(question.Session)})
}
