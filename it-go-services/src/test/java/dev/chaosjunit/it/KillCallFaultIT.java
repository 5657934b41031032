// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The program must go on: what held it or broke it is gone with the agent. */
@Isolated("it looks at the processes of this JVM and of the machine")
@DisplayName("kill -9 in the middle of a fault in a process,")
class KillCallFaultIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    @DisplayName("of the agent ends a panic: the next requests are answered")
    void panic() {
        assertEndedEarly(PanicTestCase.class);
    }

    @Test
    @DisplayName("of the agent ends a delay in a function: the next requests are answered at once")
    void goDelay() {
        assertEndedEarly(GoDelayTestCase.class);
    }

    @Test
    @DisplayName("of the agent ends a delay of io_uring: the next requests are answered at once")
    void uringDelay() {
        assertEndedEarly(UringDelayTestCase.class);
    }

    @Test
    @DisplayName("of the agent loses nothing that was taken out of a ring: all answers come at once, and are right")
    void uringTaken() {
        assertEndedEarly(UringTakenTestCase.class);
    }

    @Test
    @Timeout(60)
    @DisplayName("of the JVM leaves nothing of ours one second later, no keeper either")
    void jvm() throws Exception {
        Footprint before = Footprint.take();
        ChildJvm child = ChildJvm.start(HoldTestCase.class);
        try {
            child.awaitLine(HoldTestCase.INJECTED);
            Footprint ours = Footprint.take().without(before);
            assertThat(ours.cgroups()).isNotEmpty();
            assertThat(ours.programs()).isNotEmpty();
            child.kill();
            await().atMost(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(ours.of(Footprint.take())).isEqualTo(Footprint.NONE));
        } finally {
            child.kill();
        }
    }

    private static void assertEndedEarly(Class<?> testCase) {
        assertThat(Fixtures.onlyFailure(testCase))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("The fault ended before its time");
    }

    private static int status(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static Duration timed(String url) throws IOException, InterruptedException {
        long start = System.nanoTime();
        assertThat(status(url)).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void killAgent() throws IOException, InterruptedException {
        ProcessHandle agent = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("chaos-agent"))
                .filter(process -> !List.of(process.info().arguments().orElse(new String[0]))
                        .contains("keep"))
                .findFirst()
                .orElseThrow();
        assertThat(new ProcessBuilder("sh", "-c", "kill -9 " + agent.pid())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class PanicTestCase {
        @Test
        @GoPanic(selector = "app=user-api", function = "users.(*handler).get", duration = "5s")
        void killed(ChaosRun run) throws IOException, InterruptedException {
            String url = run.service("user-api").url() + "/users/1";
            assertThat(status(url)).isEqualTo(500);
            killAgent();
            await().atMost(Duration.ofSeconds(1)).until(() -> status(url) == 200);
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class GoDelayTestCase {
        @Test
        @GoDelay(selector = "app=user-api", function = "users.(*handler).get", latency = "900ms", duration = "5s")
        void killed(ChaosRun run) throws IOException, InterruptedException {
            String url = run.service("user-api").url() + "/users/1";
            assertThat(timed(url)).isGreaterThan(Duration.ofMillis(900));
            killAgent();
            Thread.sleep(100); // the lease
            assertThat(timed(url)).isLessThan(Duration.ofMillis(900));
        }
    }

    @ChaosTest(manifests = "classpath:files.yaml")
    @ShopImages
    static class UringDelayTestCase {
        @Test
        @IoUringFault(
                selector = "app=uring-reader",
                operation = IoUringOperation.READ,
                action = IoUringAction.DELAY,
                latency = "2s",
                duration = "5s")
        void killed(ChaosRun run) throws IOException, InterruptedException {
            String url = run.service("uring-reader").url() + "/files/small";
            assertThat(status(url)).isEqualTo(504); // its own time-out on a completion
            killAgent();
            Thread.sleep(100); // the lease
            assertThat(timed(url)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @ChaosTest(manifests = "classpath:giouring.yaml")
    @GiouringImage
    static class UringTakenTestCase {
        @Test
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.SEND,
                action = IoUringAction.DELAY,
                latency = "30s",
                duration = "5s")
        void killed(ChaosRun run) throws Exception {
            CompletableFuture<Void> all =
                    GiouringCrowd.begin(run.service("giouring-server").url());
            Thread.sleep(1000);
            assertThat(all).isNotDone();
            killAgent();
            assertThat(all).succeedsWithin(Duration.ofSeconds(3));
        }
    }

    @ChaosTest(manifests = "classpath:files.yaml")
    @ShopImages
    static class HoldTestCase {
        static final String INJECTED = "injected";

        @Test
        @IoUringFault(
                selector = "app=uring-reader",
                operation = IoUringOperation.READ,
                action = IoUringAction.DROP,
                duration = "1m")
        @GoDelay(selector = "app=uring-reader", function = "files.(*reader).read", latency = "500ms", duration = "1m")
        void hold() throws InterruptedException {
            System.out.println(INJECTED);
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }
}
