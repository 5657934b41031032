// SPDX-License-Identifier: Apache-2.0

package users

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/golang-jwt/jwt/v5"
	"go.uber.org/zap"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/httpapi"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/logging"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
)

// guest is the session of those who come without a token, where they may.
const guest = "guest"

// Config of the user-api.
type Config struct {
	AuthURL     string // where auth-service is
	Tokens      token.Checks
	AllowGuests bool // a request without a token is the session "guest", else it is refused
}

type handler struct {
	config Config
	guard  *guard
	log    *zap.Logger
}

// NewHandler answers GET /users/:id.
func NewHandler(config Config, habits fragile.Habits, log *zap.Logger) http.Handler {
	h := &handler{config: config, guard: newGuard(newAuthClient(config.AuthURL, habits), habits, log), log: log}
	router := httpapi.NewGin()
	router.GET("/users/:id", h.get)
	return httpapi.Traced(router)
}

func (h *handler) get(c *gin.Context) {
	session, err := h.session(c.GetHeader("Authorization"))
	if err != nil {
		c.JSON(h.refusal(err), gin.H{"error": err.Error()})
		return
	}
	if session.User != "" && session.User != c.Param("id") {
		c.JSON(http.StatusForbidden, gin.H{"error": "the token is of another user"})
		return
	}
	verdict, err := h.guard.check(c.Request.Context(), session.ID)
	if err != nil {
		h.log.Warn("cannot tell whether the session is active", zap.Error(err), logging.Trace(c.Request.Context()))
		c.JSON(http.StatusBadGateway, gin.H{"error": "auth-service: " + err.Error()})
		return
	}
	if !verdict.active {
		c.JSON(http.StatusUnauthorized, gin.H{"error": "session is not active"})
		return
	}
	user, known := directory[c.Param("id")]
	if !known {
		c.JSON(http.StatusNotFound, gin.H{"error": "no such user"})
		return
	}
	c.JSON(http.StatusOK, gin.H{"id": user.ID, "name": user.Name, "degraded": verdict.degraded})
}

// refusal is the status of a request whose token is not good.
func (h *handler) refusal(err error) int {
	if h.config.Tokens.Habits.SignaturePanics && errors.Is(err, jwt.ErrTokenSignatureInvalid) {
		return http.StatusInternalServerError
	}
	return http.StatusUnauthorized
}

// session names the session of a request, or says why it has none.
func (h *handler) session(authorization string) (token.Session, error) {
	if authorization == "" {
		if h.config.AllowGuests {
			return token.Session{ID: guest}, nil
		}
		return token.Session{}, errors.New("no Authorization header, and guests are not allowed")
	}
	bearer, found := strings.CutPrefix(authorization, "Bearer ")
	if !found {
		return token.Session{}, errors.New("Authorization is not a bearer token")
	}
	return h.config.Tokens.Session(bearer)
}
