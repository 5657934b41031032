// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Services of {@code src/test/go/ordinary} by kind: a front passes each request on to all of them, and they call one
 * upstream.
 */
final class OrdinaryServices {
    static final List<String> HEALTHY = List.of(
            "keep-alive",
            "hundred-idle",
            "retry-queue",
            "hedging",
            "growing-pool",
            "grow-only-pool",
            "slow-drain",
            "deadline-waiters",
            "watcher",
            "grpc");

    static final List<String> LEAKING = List.of(
            "leak-send",
            "leak-receive",
            "leak-select",
            "leak-lock",
            "leak-waitgroup",
            "leak-cond",
            "leak-body",
            "leak-clients",
            "leak-old-pool",
            "leak-late",
            "leak-late-timer");

    /** Those whose evidence differs: repetition, a lock, and a pool at its old size. */
    static final List<String> SOME_LEAKING = List.of("leak-receive", "leak-lock", "leak-old-pool");

    /** The one whose driver takes long to compile. */
    static final String SQL = "sql";

    /** Those that go with them. */
    static final List<String> AROUND = List.of("upstream", "fan-out");

    private OrdinaryServices() {}

    /** Where a kind leaks, as a failure must say it. */
    static String function(String kind) {
        return switch (kind) {
            case "leak-send" -> "ordinary/kinds.leakSend.func1.1";
            case "leak-receive" -> "ordinary/kinds.leakReceive.func1.1";
            case "leak-select" -> "ordinary/kinds.leakSelect.func1.1";
            case "leak-lock" -> "ordinary/kinds.record";
            case "leak-waitgroup" -> "sync.(*WaitGroup).Wait, created by ordinary/kinds.leakWaitGroup.func1";
            case "leak-cond" -> "ordinary/kinds.leakCond.func1.1";
            case "leak-body" -> "net/http.(*persistConn).readLoop, created by net/http.(*Transport).dialConn ";
            case "leak-clients" -> "created by net/http.(*Transport).dialConn, idle connections ";
            case "leak-old-pool" -> "ordinary/kinds.work";
            case "leak-late" -> "ordinary/kinds.leakLate.func1.1";
            case "leak-late-timer" -> "ordinary/kinds.leakLateTimer.func1.1";
            default -> throw new IllegalArgumentException(kind + " does not leak");
        };
    }

    static List<String> and(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Write the manifests of some kinds to a file. */
    static void write(Path file, List<String> kinds) throws IOException {
        String services = and(kinds, AROUND).stream()
                .map(kind -> template()
                        .replace("value: TARGETS", "value: " + String.join(",", kinds))
                        .replace("NAME", kind)
                        .replace("ROLE", kinds.contains(kind) ? "caller" : "other")
                        .replace("IMAGE", kind.equals(SQL) ? "ordinary-sql" : "ordinary"))
                .collect(Collectors.joining("---\n"));
        Files.createDirectories(file.getParent());
        Files.writeString(file, services);
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(OrdinaryServices.class.getResourceAsStream("/ordinary.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
