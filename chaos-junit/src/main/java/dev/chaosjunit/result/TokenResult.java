// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.Map;

/**
 * What came of the requests with one kind of mutated token.
 *
 * @param load the URL they were sent to
 * @param mutation what was done to the token: {@code EXPIRED}
 * @param wanted statuses of a right answer: {@code 401}
 * @param answers how many there were of each kind: {@code HTTP 401}, {@code timeout}
 * @param unsent ones that the load generator could not send
 * @param outcome failed where one had another answer; inconclusive where none was sent, or not all
 * @param detail a sentence: what was answered, and which habit that tells of
 */
public record TokenResult(
        String load,
        String mutation,
        String wanted,
        Map<String, Long> answers,
        long unsent,
        Outcome outcome,
        String detail) {

    public TokenResult {
        answers = Map.copyOf(answers);
    }

    /** How many were sent. */
    public long sent() {
        return answers.values().stream().mapToLong(Long::longValue).sum();
    }
}
