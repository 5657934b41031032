// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A node")
@Timeout(120)
class NodeIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int DNS_PORT = 5353; // nobody listens

    private final RootShell shell = new RootShell(Privilege.find());

    @ParameterizedTest
    @CsvSource({
        "0, the node ended: its first process (%d)",
        "1, 'or the unshare that holds it (%d), was killed by signal 9'",
        "2, the node ended: its guardian (process %d) was killed by signal 9"
    })
    @DisplayName("tells which of its processes was killed, and leaves nothing when it is closed then")
    void killed(int upwards, String named) throws Exception {
        Node node = Node.start(shell);
        try {
            ProcessHandle victim = ancestor(node.pid(), upwards);
            kill(victim);
            assertThat(node.lost().get(5, TimeUnit.SECONDS)).contains(String.format(named, victim.pid()));
        } finally {
            node.close();
        }
        assertGone(node);
    }

    @Test
    @DisplayName("that ended keeps its network until it is closed, and nothing goes there by another route")
    void unreachable() throws Exception {
        try (Node node = Node.start(shell)) {
            kill(ancestor(node.pid(), 0));
            assertThat(node.lost().get(5, TimeUnit.SECONDS)).contains("the node ended");
            assertThat(output("ip route get " + node.addresses().gateway())).contains("No route to host");
            assertThat(Path.of(node.cgroup())).exists();
        }
    }

    @Test
    @DisplayName(
            "whose guardian was killed and whose JVM is gone is swept up by the next start, which the late end of the"
                    + " first one does not hurt")
    void swept() throws Exception {
        Node left = Node.start(shell);
        new NodeNetwork(shell, left).layOut(DNS_PORT, Optional.empty()); // only so does the link go with the node
        Object inode = inode(left);
        for (Controller controller : left.controllers()) {
            output("mkdir -p " + controller.directory() + "/pod/container");
        }
        ProcessHandle first = ancestor(left.pid(), 0);
        kill(ancestor(left.pid(), 2));
        kill(first);
        await().atMost(SOON).until(() -> !left.isRunning());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                output("ip route get " + left.addresses().gateway()))
                        .contains("No route to host"));
        try (Node next = Node.start(shell)) {
            assertThat(inode(left)).as("the same cgroup as before").isNotEqualTo(inode);
            assertThat(left.controllers())
                    .noneMatch(controller -> Files.exists(controller.directory().resolve("pod")));
            left.close();
            assertThat(next.isRunning()).isTrue();
            assertThat(Path.of(next.cgroup())).exists();
        }
    }

    @Test
    @DisplayName("that is closed tells of no loss")
    void closed() throws Exception {
        Node node = Node.start(shell);
        node.close();
        assertThat(node.lost()).isNotDone();
        assertGone(node);
    }

    /** Claiming a network once raced with the end of the one who had it before. */
    @Test
    @DisplayName("starts while others end")
    void startsWhileOthersEnd() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(threads.submit(() -> Node.start(shell).close()));
            }
            for (Future<?> one : all) {
                assertThatCode(one::get).doesNotThrowAnyException();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static ProcessHandle ancestor(long pid, int upwards) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        for (int i = 0; i < upwards; i++) {
            process = process.parent().orElseThrow();
        }
        return process;
    }

    private static void kill(ProcessHandle process) throws Exception {
        output("kill -9 " + process.pid());
    }

    private static String output(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }

    /** Somebody else may have claimed the network by now, but not with this cgroup. */
    private static void assertGone(Node node) throws Exception {
        assertThat(node.isRunning()).isFalse();
        String routes = output("ip route show root " + node.addresses());
        assertThat(Files.exists(Path.of(node.cgroup())) || routes.isEmpty())
                .as(routes)
                .isTrue();
    }

    private static Object inode(Node node) {
        try {
            return Files.getAttribute(Path.of(node.cgroup()), "unix:ino");
        } catch (IOException e) {
            return "none";
        }
    }
}
