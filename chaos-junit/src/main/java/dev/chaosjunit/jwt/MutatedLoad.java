// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import dev.chaosjunit.load.Expected;
import dev.chaosjunit.load.LoadSpec;
import java.util.List;

/**
 * Requests of a load with one kind of mutated token.
 *
 * @param mutation what was done to the token
 * @param wanted statuses of a right answer
 * @param spec what is sent; every answer counts by its status
 */
public record MutatedLoad(JwtMutation mutation, List<Expected.Statuses> wanted, LoadSpec spec) {
    /** No status is a good one, so that a result counts each by its name. */
    static final Expected COUNT_ALL = new Expected(List.of(), "");
}
