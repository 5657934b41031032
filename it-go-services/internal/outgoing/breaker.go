// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"time"

	"github.com/sony/gobreaker/v2"
	"go.uber.org/zap"
)

// BreakerOpen is how long a service is left alone after BreakerFailures failed calls in a row.
const (
	BreakerOpen     = time.Second
	BreakerFailures = 5
)

// Breaker leaves a service alone where it fails again and again. Changed hears of each new state; what counts as a failure
// is left to say.
func Breaker(service string, log *zap.Logger, changed func(from, to gobreaker.State)) gobreaker.Settings {
	return gobreaker.Settings{
		Name:        service,
		Timeout:     BreakerOpen,
		ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= BreakerFailures },
		OnStateChange: func(name string, from, to gobreaker.State) {
			changed(from, to)
			log.Warn("breaker "+name, zap.Stringer("from", from), zap.Stringer("to", to))
		},
	}
}
