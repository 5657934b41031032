// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

/**
 * A pool of connections as {@code sql.DBStats} tells it, by metrics.
 *
 * @param inUse connections that requests have now
 * @param waits how often a request had to wait for one, ever since
 * @param waitedSeconds for how long all of these waited together
 */
record Pool(int inUse, long waits, double waitedSeconds) {

    static Pool in(Metrics metrics) {
        return new Pool(
                (int) metrics.value("go_sql_in_use_connections"),
                (long) metrics.value("go_sql_wait_count_total"),
                metrics.value("go_sql_wait_duration_seconds_total"));
    }
}
