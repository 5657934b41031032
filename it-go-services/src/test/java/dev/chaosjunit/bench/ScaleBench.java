// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** {@code ./dev bench --scale}: tables of how the cost grows, in one run; their names as arguments choose some of them. */
public final class ScaleBench {
    private static final List<String> ALL = List.of("pods", "load", "goroutines", "nodes");

    private ScaleBench() {}

    public static void main(String[] args) throws Exception {
        System.out.println(machine());
        for (String table : args.length == 0 ? ALL : List.of(args)) {
            switch (table) {
                case "pods" -> PodsOnNode.print(1, 10, 30, 100);
                case "load" -> {
                    LoadMemory.print(List.of("100", "1,000", "5,000"), List.of("5s", "1m", "10m"));
                    SentLoad.print("1,000", "5s");
                }
                case "goroutines" -> GoroutineLook.print(100, 10_000, 1_000_000);
                case "nodes" -> PodsOnNodes.print(1, 10, 100);
                default -> throw new IllegalArgumentException("no table " + table + "; there are " + ALL);
            }
        }
    }

    static String machine() throws IOException {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, Linux %s, JDK %s, load average %s",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.version"),
                System.getProperty("java.version"),
                Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    }
}
