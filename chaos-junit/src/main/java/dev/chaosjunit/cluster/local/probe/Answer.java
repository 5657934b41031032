// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

/**
 * What came of a question.
 *
 * @param known whether it could be asked; what could not be counts neither way, as with the kubelet
 * @param text the question and its answer, for messages: {@code GET http://198.18.0.2:8080/readyz: 503}
 */
public record Answer(boolean good, boolean known, String text) {

    /** The answer to one that was asked. */
    public Answer(boolean good, String text) {
        this(good, true, text);
    }

    /** What came of one that could not be asked. */
    static Answer none(String text) {
        return new Answer(false, false, text);
    }
}
