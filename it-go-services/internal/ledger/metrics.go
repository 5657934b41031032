// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Measure shows the pool's statistics as metrics: go_sql_in_use_connections, go_sql_wait_count_total and the others.
func (s *Store) Measure() {
	prometheus.MustRegister(collectors.NewDBStatsCollector(s.db, "ledger"))
}
