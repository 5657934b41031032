// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

/** One way in which a token can be wrong. Tests may bring their own, with a constructor that takes nothing. */
public interface JwtMutation {

    /** As a report calls it; the built-in ones are called {@code EXPIRED} and the like. */
    String name();

    /** Statuses of a right answer, as {@link dev.chaosjunit.Load#expectStatus} has them; {@code "401"} as a rule. */
    String expectStatus();

    /** What a service does that answers in another way: {@code "does not check exp"}. */
    String habit();

    /**
     * Make the token.
     *
     * @return what is sent after {@code Bearer}
     * @throws IllegalArgumentException if that cannot be done with this token, with the reason
     */
    String mutate(Forge forge);
}
