// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import dev.chaosjunit.quantity.Rate;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Requests to send.
 *
 * @param url target; the host may be a Service's name
 * @param rate how often, whatever the answers do
 * @param method HTTP method
 * @param headers request headers
 * @param body request body, may be empty
 * @param timeout above 0 s; a request without an answer by then counts as failed, at this latency
 * @param expected which answers are good ones
 * @param following what else it carries
 */
public record LoadSpec(
        URI url,
        Rate rate,
        String method,
        Map<String, String> headers,
        String body,
        Duration timeout,
        Expected expected,
        Following following) {

    /** One that is marked and begins no traces. */
    public LoadSpec(
            URI url,
            Rate rate,
            String method,
            Map<String, String> headers,
            String body,
            Duration timeout,
            Expected expected) {
        this(url, rate, method, headers, body, timeout, expected, Following.MARKED);
    }

    /** Any answer is good that is no error. */
    public LoadSpec(URI url, Rate rate, String method, Map<String, String> headers, String body, Duration timeout) {
        this(url, rate, method, headers, body, timeout, Expected.NO_ERROR);
    }

    public LoadSpec {
        headers = Map.copyOf(headers);
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must be above 0s");
        }
    }

    /** The same, each request of which begins a trace, unless it has one, or is not to be followed at all. */
    public LoadSpec traced() {
        boolean may =
                following != Following.NOT && headers.keySet().stream().noneMatch(TraceIds.HEADER::equalsIgnoreCase);
        return new LoadSpec(url, rate, method, headers, body, timeout, expected, may ? Following.TRACED : following);
    }
}
