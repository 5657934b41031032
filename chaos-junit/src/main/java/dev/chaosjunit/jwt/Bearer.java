// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import dev.chaosjunit.load.Expected;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Rate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A load that carries a token (RFC 6750).
 *
 * @param load the load
 * @param header as it spells it: {@code Authorization}
 */
public record Bearer(LoadSpec load, String header) {
    private static final String NAME = "Authorization";
    private static final String SCHEME = "Bearer ";

    static Optional<Bearer> of(LoadSpec load) {
        return load.headers().entrySet().stream()
                .filter(header -> !load.isGrpc()) // its answers are told apart by their HTTP status
                .filter(header -> header.getKey().equalsIgnoreCase(NAME))
                .filter(header -> header.getValue().startsWith(SCHEME))
                .map(header -> new Bearer(load, header.getKey()))
                .findFirst();
    }

    /** A load that carries a token of the test's, unless it has an Authorization of its own. */
    public static LoadSpec given(LoadSpec load, String token) {
        return load.headers().keySet().stream().anyMatch(NAME::equalsIgnoreCase)
                ? load
                : new Bearer(load, NAME).with(token, load.rate(), load.expected());
    }

    String token() {
        return load.headers()
                .getOrDefault(header, "")
                .substring(SCHEME.length())
                .strip();
    }

    /** The same requests with another token, at another rate, each answer counted by its status. */
    LoadSpec with(String token, Rate rate) {
        return with(token, rate, MutatedLoad.COUNT_ALL);
    }

    private LoadSpec with(String token, Rate rate, Expected expected) {
        Map<String, String> headers = new HashMap<>(load.headers());
        headers.put(header, SCHEME + token);
        return new LoadSpec(
                load.url(),
                rate,
                load.method(),
                headers,
                load.body(),
                load.timeout(),
                expected,
                load.following(),
                load.descriptors());
    }
}
