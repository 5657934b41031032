// SPDX-License-Identifier: Apache-2.0
package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;

@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class GreetingTest {
    private static Path process;
    private static Path cgroup;

    @Nested
    @Order(1)
    @ChaosTest(
            manifests = "classpath:greeting.yaml",
            runtime = ClusterRuntime.LOCAL,
            baseline = "500ms",
            recovery = "500ms",
            recoverWithin = "2s")
    @GoImage(name = "greeting", main = ".", directory = "service")
    @Load(url = "http://greeting/", rate = "200/s")
    @Slo(p50 = "200ms")
    class Served {

        @Test
        @NetworkDelay(selector = "app=greeting", latency = "400ms", duration = "500ms")
        @Slo(phase = Phase.FAULT, p50 = "2s")
        void mayBeSlow(ChaosRun run) throws IOException {
            process = Path.of("/proc/" + ((Handle.LocalProcess) run.pods().get(0).handle()).pid());
            cgroup = cgroup(process);
        }

        @Test
        @NetworkDelay(selector = "app=greeting", latency = "400ms", duration = "500ms")
        @Slo(phase = Phase.FAULT, p50 = "200ms")
        void mayNotBeSlow() {}
    }

    /** The JVM lives on: what is gone by now has not gone with it. */
    @Nested
    @Order(2)
    class Afterwards {
        @Test
        void nothingIsLeft() {
            assertFalse(Files.exists(process), process + " is there");
            assertFalse(Files.exists(cgroup), cgroup + " is there");
            assertEquals(List.of(), ProcessHandle.current().descendants().toList());
        }
    }

    /** Of version 2, wherever that is mounted. */
    private static Path cgroup(Path process) throws IOException {
        String root = Files.readAllLines(Path.of("/proc/mounts")).stream()
                .map(line -> line.split(" "))
                .filter(words -> words[2].equals("cgroup2"))
                .findFirst()
                .orElseThrow()[1];
        String path = Files.readAllLines(process.resolve("cgroup")).stream()
                .filter(line -> line.startsWith("0::"))
                .findFirst()
                .orElseThrow();
        return Path.of(root + path.substring("0::".length()));
    }
}
