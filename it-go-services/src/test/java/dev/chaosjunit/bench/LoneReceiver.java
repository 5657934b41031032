// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import dev.chaosjunit.observe.trace.OtlpReceiver;
import dev.chaosjunit.observe.trace.SpanStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * A JVM that takes spans and does nothing else. It prints the port of OTLP over HTTP; then, for each line that it
 * reads, how many spans came since the last one.
 */
final class LoneReceiver {
    private LoneReceiver() {}

    public static void main(String[] arguments) throws IOException {
        SpanStore spans = new SpanStore();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (OtlpReceiver receiver = OtlpReceiver.open(InetAddress.getLoopbackAddress(), spans)) {
            System.out.println(receiver.httpPort());
            while (in.readLine() != null) {
                System.out.println(spans.received().kept());
                spans.clear();
            }
        }
    }
}
