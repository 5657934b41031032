// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

/**
 * What came of a question.
 *
 * @param text the question and its answer, for messages: {@code GET http://198.18.0.2:8080/readyz: 503}
 */
public record Answer(boolean good, String text) {}
