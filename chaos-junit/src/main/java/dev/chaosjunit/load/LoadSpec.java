// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.chaosjunit.quantity.Rate;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Requests to send.
 *
 * @param url target, {@code http} or {@code grpc}; the host may be a Service's name
 * @param rate how often, whatever the answers do
 * @param method HTTP method; of no meaning with gRPC, whose URL names the method, {@code grpc://HOST:PORT/SERVICE/METHOD}
 * @param headers request headers, or gRPC's metadata
 * @param body request body, may be empty; with gRPC the request in JSON
 * @param timeout above 0 s; a request without an answer by then counts as failed, at this latency
 * @param expected which answers are good ones
 * @param following what else it carries
 * @param descriptors of gRPC, the server's files; absent to ask the server for them, by reflection
 */
public record LoadSpec(
        URI url,
        Rate rate,
        String method,
        Map<String, String> headers,
        String body,
        Duration timeout,
        Expected expected,
        Following following,
        Optional<FileDescriptorSet> descriptors) {

    private static final int HTTP = 80;
    private static final Pattern METHOD = Pattern.compile("/[A-Za-z_][\\w.]*/[A-Za-z_]\\w*");

    /** One that is marked and begins no traces. */
    public LoadSpec(
            URI url,
            Rate rate,
            String method,
            Map<String, String> headers,
            String body,
            Duration timeout,
            Expected expected) {
        this(url, rate, method, headers, body, timeout, expected, Following.MARKED, Optional.empty());
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
        if (isGrpc(url) && (url.getPort() < 0 || !METHOD.matcher(url.getPath()).matches())) {
            throw new IllegalArgumentException(
                    url + " names no method of gRPC: expected grpc://SERVICE:PORT/PACKAGE.SERVICE/METHOD");
        }
        if (!isGrpc(url) && descriptors.isPresent()) {
            throw new IllegalArgumentException("descriptors are of gRPC, and " + url + " is not");
        }
    }

    /** Whether its requests are calls of gRPC. */
    public boolean isGrpc() {
        return isGrpc(url);
    }

    /** The port of its URL, or HTTP's. */
    public int port() {
        return url.getPort() < 0 ? HTTP : url.getPort();
    }

    private static boolean isGrpc(URI url) {
        return "grpc".equals(url.getScheme());
    }

    /** The same, each request of which begins a trace, unless it has one, or is not to be followed at all. */
    public LoadSpec traced() {
        boolean may =
                following != Following.NOT && headers.keySet().stream().noneMatch(TraceIds.HEADER::equalsIgnoreCase);
        Following followed = may ? Following.TRACED : following;
        return new LoadSpec(url, rate, method, headers, body, timeout, expected, followed, descriptors);
    }
}
