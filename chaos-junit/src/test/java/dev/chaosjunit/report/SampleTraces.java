// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult;
import dev.chaosjunit.result.TraceResult.NotKept;
import dev.chaosjunit.result.TraceResult.ServiceCalls;
import dev.chaosjunit.result.TraceResult.Slower;
import dev.chaosjunit.result.TraceResult.SpanBar;
import dev.chaosjunit.result.TraceResult.TracedWindow;
import dev.chaosjunit.result.TraceResult.Waterfall;
import java.util.List;

/** A shop whose orders ask payments again and again while payments' network is slow. */
final class SampleTraces {
    private SampleTraces() {}

    static TraceResult storm() {
        return new TraceResult(
                14_127,
                new NotKept(12, 1, 3, 40),
                List.of(
                        new TracedWindow(Stage.BASELINE, 1000, 1000, before(), List.of(typical())),
                        new TracedWindow(Stage.FAULT, 1000, 987, storming(), List.of(slowest(), typical())),
                        new TracedWindow(Stage.RECOVERY, 12, 12, after(), List.of())),
                List.of(
                        new Slower("order-service: POST /pay (client span)", 0.41, 503),
                        new Slower("gateway: GET /orders (client span)", 0.62, 2.1)),
                "Least of a deadline was left at order-service: -3 ms as one of its spans began; gateway 1,500 ms.",
                List.of("auth-service does not pass the fault's id on: 0 of 987 spans below gateway have it."));
    }

    private static List<ServiceCalls> before() {
        return List.of(
                new ServiceCalls("gateway", "auth-service", 1000, 0, 0.9, 2.4, 1, 1, 1, false),
                new ServiceCalls("gateway", "order-service", 1000, 0, 3.1, 7.9, 1, 1, 1, false),
                new ServiceCalls("order-service", "payment-service", 1010, 0, 1.1, 3.2, 1.01, 1.004, 1.016, false));
    }

    private static List<ServiceCalls> storming() {
        return List.of(
                new ServiceCalls("gateway", "order-service", 987, 122, 1507, 2000, 1, 1, 1, false),
                new ServiceCalls("order-service", "payment-service", 2931, 1944, 503, 620, 2.97, 2.94, 3.0, true));
    }

    /** Of too few requests for an interval. */
    private static List<ServiceCalls> after() {
        double none = Double.POSITIVE_INFINITY;
        return List.of(
                new ServiceCalls("gateway", "auth-service", 12, 0, 0.9, 2.4, 1, 0, none, false),
                new ServiceCalls("gateway", "order-service", 12, 0, 3.2, 8.1, 1, 0, none, false),
                new ServiceCalls("order-service", "payment-service", 12, 0, 1.1, 3.4, 1, 0, none, false));
    }

    private static Waterfall slowest() {
        String late = "context deadline exceeded; http.request.method=POST, server.address=payment-service:8080";
        return new Waterfall(
                "slowest",
                "5f1a0c3b9d2e47680000000000000187",
                1514,
                List.of(
                        new SpanBar(
                                "0000000000000001",
                                "gateway",
                                "GET /orders/{id}",
                                "server",
                                0,
                                0,
                                1513,
                                true,
                                null,
                                "chaos.id=slow/fault"),
                        new SpanBar(
                                "0000000000000002",
                                "gateway",
                                "GET",
                                "client",
                                1,
                                0.4,
                                1512.2,
                                true,
                                1500.0,
                                "HTTP 503"),
                        new SpanBar(
                                "0000000000000003",
                                "order-service",
                                "GET /orders/{id}",
                                "server",
                                2,
                                1.1,
                                1511,
                                true,
                                null,
                                ""),
                        new SpanBar(
                                "0000000000000004",
                                "order-service",
                                "POST /pay",
                                "client",
                                3,
                                1.6,
                                500.2,
                                true,
                                null,
                                late),
                        new SpanBar(
                                "0000000000000005",
                                "order-service",
                                "POST /pay",
                                "client",
                                3,
                                502,
                                500.4,
                                true,
                                null,
                                late),
                        new SpanBar(
                                "0000000000000006",
                                "payment-service",
                                "POST /pay",
                                "server",
                                4,
                                752,
                                1.2,
                                false,
                                null,
                                "http.route=/pay"),
                        new SpanBar(
                                "0000000000000007",
                                "order-service",
                                "POST /pay",
                                "client",
                                3,
                                1003,
                                508.6,
                                true,
                                -3.0,
                                late)));
    }

    private static Waterfall typical() {
        return new Waterfall(
                "typical",
                "5f1a0c3b9d2e47680000000000000042",
                3.4,
                List.of(
                        new SpanBar(
                                "0000000000000008",
                                "gateway",
                                "GET /orders/{id}",
                                "server",
                                0,
                                0,
                                3.3,
                                false,
                                null,
                                ""),
                        new SpanBar(
                                "0000000000000009",
                                "order-service",
                                "GET /orders/{id}",
                                "server",
                                1,
                                0.6,
                                2.2,
                                false,
                                null,
                                ""),
                        new SpanBar(
                                "000000000000000a",
                                "payment-service",
                                "POST /pay",
                                "server",
                                2,
                                1.2,
                                0.9,
                                false,
                                null,
                                "")));
    }
}
