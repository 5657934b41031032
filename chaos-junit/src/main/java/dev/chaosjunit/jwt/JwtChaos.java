// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import dev.chaosjunit.load.Expected;
import dev.chaosjunit.load.Expected.Statuses;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests with mutated tokens, sent beside those of each load that carries a token.
 *
 * @param mutations those that were asked for; empty for all built-in ones that can be done with the token and the key
 * @param custom the test's own
 * @param share as many mutated requests as this share of the load's rate, above 0%
 * @param duration for how long, above 0 s
 * @param key what good tokens are signed with, if that is known
 * @param leeway for clocks, by the service's word
 * @param otherUser subject of another user's token
 * @param expect statuses that differ from those of a mutation, by its name
 */
public record JwtChaos(
        List<Mutation> mutations,
        List<JwtMutation> custom,
        Percent share,
        Duration duration,
        Optional<JwtKey> key,
        Duration leeway,
        String otherUser,
        Map<String, List<Statuses>> expect) {

    public JwtChaos {
        mutations = List.copyOf(mutations);
        custom = List.copyOf(custom);
        expect = Map.copyOf(expect);
        if (share.fraction() == 0) {
            throw new IllegalArgumentException("share must be above 0%");
        }
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("duration must be above 0s");
        }
        Set<String> unknown = new TreeSet<>(expect.keySet());
        unknown.removeAll(
                named(mutations, custom).stream().map(JwtMutation::name).toList());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("expect names " + unknown + ", which are not among the mutations");
        }
    }

    private static List<JwtMutation> named(List<Mutation> mutations, List<JwtMutation> custom) {
        List<Mutation> builtIn = mutations.isEmpty() && custom.isEmpty() ? List.of(Mutation.values()) : mutations;
        return Stream.concat(builtIn.stream(), custom.stream()).toList();
    }

    private boolean isAll() {
        return mutations.isEmpty() && custom.isEmpty();
    }

    /** What is sent, and why some mutations are not among it. */
    public record Made(List<MutatedLoad> loads, List<String> leftOut) {}

    /**
     * Make the tokens of all loads that carry one.
     *
     * @param now when the first requests are sent
     * @throws IllegalArgumentException if no load carries a token, one is signed by another key, or a mutation that was
     *     asked for cannot be done
     */
    public Made make(List<LoadSpec> loads, Instant now) {
        List<MutatedLoad> made = new ArrayList<>();
        Set<String> leftOut = new TreeSet<>();
        for (LoadSpec load : loads) {
            Bearer.of(load).ifPresent(bearer -> made.addAll(mutated(load, bearer, now, leftOut)));
        }
        if (made.isEmpty()) {
            throw new IllegalArgumentException(
                    "@JwtChaos: no @Load carries a token that could be mutated: expected a header"
                            + " \"Authorization: Bearer TOKEN\", or tokenFrom");
        }
        return new Made(List.copyOf(made), List.copyOf(leftOut));
    }

    private List<MutatedLoad> mutated(LoadSpec load, Bearer bearer, Instant now, Set<String> leftOut) {
        Forge forge = forge(Jwt.parse(bearer.token()), now);
        Map<JwtMutation, String> tokens = new LinkedHashMap<>();
        for (JwtMutation mutation : named(mutations, custom)) {
            try {
                tokens.put(mutation, mutation.mutate(forge));
            } catch (IllegalArgumentException e) {
                String why = "@JwtChaos " + mutation.name() + " cannot be done: " + e.getMessage();
                if (!isAll()) {
                    throw new IllegalArgumentException(why, e);
                }
                leftOut.add(why + ".");
            }
        }
        Rate each = new Rate(load.rate().perSecond() * share.fraction() / tokens.size());
        return tokens.entrySet().stream()
                .map(token ->
                        new MutatedLoad(token.getKey(), wanted(token.getKey()), bearer.with(token.getValue(), each)))
                .toList();
    }

    private Forge forge(Jwt token, Instant now) {
        if (key.isPresent() && !key.get().signed(token)) {
            throw new IllegalArgumentException(
                    "@JwtChaos(key) is not what the load's token (" + token.algorithm() + ") was signed with");
        }
        return new Forge(token, key, now, duration, leeway, otherUser);
    }

    private List<Statuses> wanted(JwtMutation mutation) {
        return expect.getOrDefault(mutation.name(), Expected.parse(mutation.expectStatus()));
    }

    /** In words, for people. */
    public String describe() {
        String which = isAll()
                ? "all mutations that can be done"
                : named(mutations, custom).stream().map(JwtMutation::name).collect(Collectors.joining(", "));
        return "JwtChaos " + which + ", " + share + " of each load beside it for " + Durations.format(duration);
    }
}
