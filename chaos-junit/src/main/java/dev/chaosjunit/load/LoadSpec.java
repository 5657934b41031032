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
 */
public record LoadSpec(
        URI url,
        Rate rate,
        String method,
        Map<String, String> headers,
        String body,
        Duration timeout,
        Expected expected) {

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
}
