// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Transfers that a caller was told are kept: the ledger has to have as many, or more where a caller had gone by then.
var acknowledged = promauto.NewCounter(prometheus.CounterOpts{
	Name: "ledger_acknowledged_total",
	Help: "Transfers that were answered with 201.",
})

// Measure shows the pool's statistics as metrics: go_sql_in_use_connections, go_sql_wait_count_total and the others.
func (s *Store) Measure() {
	prometheus.MustRegister(collectors.NewDBStatsCollector(s.db, "ledger"))
}
