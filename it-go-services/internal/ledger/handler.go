// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"go.uber.org/zap"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/httpapi"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/logging"
)

type handler struct {
	store   *Store
	timeout time.Duration // of a request, all that it asks of the database together
	habits  fragile.Habits
	log     *zap.Logger
}

// NewHandler answers POST /transfers, GET /accounts/:name and GET /audit.
func NewHandler(store *Store, timeout time.Duration, habits fragile.Habits, log *zap.Logger) http.Handler {
	h := &handler{store: store, timeout: timeout, habits: habits, log: log}
	router := httpapi.NewGin()
	router.POST("/transfers", h.transfer)
	router.GET("/accounts/:name", h.account)
	router.GET("/audit", h.audit)
	return httpapi.Traced(router)
}

func (h *handler) transfer(c *gin.Context) {
	var t Transfer
	if err := c.ShouldBindJSON(&t); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	if t.Key == "" {
		t.Key = rand.Text()
	}
	if h.answer(c, http.StatusCreated, func(ctx context.Context) (any, error) { return t, h.store.Write(ctx, t) }) {
		acknowledged.Inc()
	}
}

func (h *handler) account(c *gin.Context) {
	h.answer(c, http.StatusOK, func(ctx context.Context) (any, error) {
		cents, err := h.store.Balance(ctx, c.Param("name"))
		return gin.H{"cents": cents}, err
	})
}

func (h *handler) audit(c *gin.Context) {
	h.answer(c, http.StatusOK, func(ctx context.Context) (any, error) { return h.store.Audit(ctx) })
}

// answer gives 504 where the time was over, and 503 where the database did not do it; it says whether it did.
func (h *handler) answer(c *gin.Context, status int, ask func(context.Context) (any, error)) bool {
	ctx, cancel := h.habits.WithTimeout(c.Request.Context(), h.timeout)
	defer cancel()
	body, err := ask(ctx)
	switch {
	case err == nil:
		c.JSON(status, body)
	case errors.Is(err, context.DeadlineExceeded):
		c.JSON(http.StatusGatewayTimeout, gin.H{"error": "the database did not answer in time"})
	default:
		h.log.Warn("the database did not do it", zap.Error(err), logging.Trace(ctx))
		c.JSON(http.StatusServiceUnavailable, gin.H{"error": err.Error()})
	}
	return err == nil
}
