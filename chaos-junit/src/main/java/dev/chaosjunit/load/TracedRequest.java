// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

/**
 * A request that began a trace.
 *
 * @param traceId 32 hexadecimal digits
 * @param sample what came of it
 */
public record TracedRequest(String traceId, Sample sample) {}
