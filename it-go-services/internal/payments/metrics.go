// SPDX-License-Identifier: Apache-2.0

package payments

import (
	"context"
	"math"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

var (
	taken = promauto.NewCounter(prometheus.CounterOpts{
		Name: "payments_taken_total", Help: "Payments that were made."})
	callsInHand = promauto.NewGauge(prometheus.GaugeOpts{
		Name: "payments_in_hand", Help: "Calls that have begun and not ended."})
	callsAllowed = promauto.NewHistogram(prometheus.HistogramOpts{
		Name: "payments_allowed_seconds", Help: "Until a call's deadline, as its handler begins; endless without one.",
		Buckets: []float64{0.1, 0.5, 0.8, 1, 2, 5}})
	callsGivenUp = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "payments_given_up_total", Help: "Calls whose handler saw its context end, by why."}, []string{"why"})
)

// begun counts a call that is in hand until what this returns is called.
func begun(ctx context.Context) (ended func()) {
	callsInHand.Inc()
	allowed := math.Inf(1)
	if deadline, ok := ctx.Deadline(); ok {
		allowed = time.Until(deadline).Seconds()
	}
	callsAllowed.Observe(allowed)
	return callsInHand.Dec
}

// givenUp counts a call whose caller has gone, or whose time is over: both come along from its caller.
func givenUp(err error) {
	switch status.Code(err) {
	case codes.Canceled:
		callsGivenUp.WithLabelValues("cancelled").Inc()
	case codes.DeadlineExceeded:
		callsGivenUp.WithLabelValues("deadline").Inc()
	}
}
