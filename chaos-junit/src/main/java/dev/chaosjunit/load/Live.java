// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

/**
 * How a load has been doing lately, for progress lines.
 *
 * @param count requests that ended lately, sent or not
 * @param p99Ms 99th percentile of the sent ones, milliseconds; 0 when there are none
 * @param errorRate share of the sent ones that failed, 0 to 1; 0 when there are none
 */
public record Live(long count, double p99Ms, double errorRate) {}
