// SPDX-License-Identifier: Apache-2.0

package users

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/sony/gobreaker/v2"
	"go.uber.org/zap"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/logging"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/outgoing"
)

var (
	breakerState = promauto.NewGauge(prometheus.GaugeOpts{
		Name: "auth_breaker_state", Help: "0 closed, 1 half-open, 2 open."})
	degradedAnswers = promauto.NewCounter(prometheus.CounterOpts{
		Name: "degraded_answers_total", Help: "Sessions let in because they were active not long ago."})
)

// verdict on a session; degraded means that it is the last one known, because auth-service could not be asked.
type verdict struct {
	active, degraded bool
}

// guard decides whether a session may pass.
type guard struct {
	auth       *authClient
	breaker    *gobreaker.CircuitBreaker[bool]
	remembered *remembered
	habits     fragile.Habits
	log        *zap.Logger
}

func newGuard(auth *authClient, habits fragile.Habits, log *zap.Logger) *guard {
	g := &guard{auth: auth, remembered: newRemembered(time.Now()), habits: habits, log: log}
	settings := outgoing.Breaker("auth-service", log, func(_, to gobreaker.State) { breakerState.Set(float64(to)) })
	// A user who hangs up says nothing about auth-service.
	settings.IsExcluded = func(err error) bool { return errors.Is(err, context.Canceled) }
	g.breaker = gobreaker.NewCircuitBreaker[bool](settings)
	return g
}

func (g *guard) check(ctx context.Context, session string) (verdict, error) {
	if g.habits.NoBreaker {
		active, err := g.auth.active(ctx, session)
		return verdict{active: active}, err
	}
	active, err := g.breaker.Execute(func() (bool, error) { return g.auth.active(ctx, session) })
	now := time.Now()
	if err == nil {
		g.remembered.learn(session, active, now)
		return verdict{active: active}, nil
	}
	if g.habits.SlowMemory {
		hashSlowly(session)
	}
	if g.remembered.active(session, now) {
		g.log.Warn("auth-service cannot be asked, session let in from memory", zap.Error(err), logging.Trace(ctx))
		degradedAnswers.Inc()
		return verdict{active: true, degraded: true}, nil
	}
	return verdict{}, err
}
