// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.GoStack.Frame;
import dev.chaosjunit.result.ProfileResult;
import dev.chaosjunit.result.ProfileResult.PodProfile;
import dev.chaosjunit.result.ProfileResult.SeenStack;
import dev.chaosjunit.result.ProfileResult.SpanProfile;
import java.util.List;

/** Of the shop of {@link SampleTraces}: payments hash for the slowest request, whose orders wait for them. */
final class SampleProfiles {
    static final String TRACE = "5f1a0c3b9d2e47680000000000000187";

    private static final SeenStack HASHES = new SeenStack(
            12,
            120,
            List.of(
                    new Frame("crypto/sha256.block", "/usr/local/go/src/crypto/sha256/block.go:17"),
                    new Frame("example.com/shop/payment.(*Service).hash", "/src/shop/payment/hash.go:21"),
                    new Frame("example.com/shop/payment.(*Service).Pay", "/src/shop/payment/pay.go:40")));

    private static final SeenStack WAITS = new SeenStack(
            3,
            3,
            List.of(
                    new Frame("runtime.gopark", "/usr/local/go/src/runtime/proc.go:460"),
                    new Frame("net/http.(*persistConn).roundTrip", "/usr/local/go/src/net/http/transport.go:2867"),
                    new Frame("example.com/shop/order.(*Client).Pay", "/src/shop/order/client.go:33")));

    private SampleProfiles() {}

    static ProfileResult result() {
        return new ProfileResult(
                List.of(
                        new PodProfile("payment-service-0", "cpu", 1, 1_480, 1_320, List.of(HASHES)),
                        new PodProfile("order-service-0", "goroutine", 10, 240, 31, List.of(WAITS)),
                        new PodProfile("order-service-0", "heap", 1, 3_500_000, 0, List.of())),
                List.of(
                        new SpanProfile(TRACE, "0000000000000003", "goroutine", 3, 3, List.of(WAITS)),
                        new SpanProfile(TRACE, "0000000000000006", "cpu", 12, 120, List.of(HASHES))));
    }
}
