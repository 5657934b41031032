// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Isolated("kills processes of this JVM's by what they are")
@DisplayName("kill -9 of a process of our own, in the middle of a fault of a minute,")
@Timeout(180)
class OwnDeathsIT {
    private static volatile Victim victim = Victim.FIRST_PROCESS;

    /** What is killed, and how the first line of the verdict names it; %d is its number. */
    enum Victim {
        FIRST_PROCESS("the node ended: its first process (%d)") {
            @Override
            ProcessHandle find() {
                return HOLDER.find().children().findFirst().orElseThrow();
            }
        },
        HOLDER("or the unshare that holds it (%d), was killed by signal 9") {
            @Override
            ProcessHandle find() {
                return ours(command -> command.matches("(?s)\\S*unshare --net --mount --pid --fork --kill-child.*"));
            }
        },
        GUARDIAN("the node ended: its guardian (process %d) was killed by signal 9") {
            @Override
            ProcessHandle find() {
                return HOLDER.find().parent().orElseThrow();
            }
        },
        AGENT("the agent ended, and its faults with it: chaos-agent, pid %d, ") {
            @Override
            ProcessHandle find() {
                return ours(command -> command.matches("\\S*chaos-agent .*--parent.*"));
            }
        },
        KEEPER("the keeper of the pods' listeners (process %d) ended") {
            @Override
            ProcessHandle find() {
                return ours(command -> command.matches("\\S*chaos-agent keep .*"));
            }
        };

        final String named;

        Victim(String named) {
            this.named = named;
        }

        abstract ProcessHandle find();

        private static ProcessHandle ours(Predicate<String> command) {
            return ProcessHandle.current()
                    .descendants()
                    .filter(process -> command.test(process.info().commandLine().orElse("")))
                    .findFirst()
                    .orElseThrow();
        }

        /** Wait for no more: the run shall end by itself. */
        void kill() throws Exception {
            ProcessHandle process = find();
            killed = process.pid();
            assertThat(new ProcessBuilder("sh", "-c", "kill -9 " + killed)
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    private static volatile long killed;

    @Test
    @DisplayName(
            "ends the run at once as inconclusive, with its name in the first line, and the tests after it as well")
    void node() {
        victim = Victim.FIRST_PROCESS;
        Map<String, Throwable> failures = Fixtures.failures(LoadedTestCase.class);
        assertNamed(failures.get("during"));
        assertThat(failures.get("after"))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("Before this test, " + String.format(victim.named, killed) + " ended.");
    }

    @ParameterizedTest
    @EnumSource(names = {"GUARDIAN", "KEEPER"})
    @DisplayName("is named, whichever it is: ")
    void quick(Victim one) {
        victim = one;
        assertNamed(Fixtures.onlyFailure(IdleTestCase.class));
    }

    @ParameterizedTest
    @EnumSource(names = {"HOLDER", "GUARDIAN", "AGENT"})
    @Tag("slow")
    @DisplayName("is named under load, whichever it is: ")
    void loaded(Victim one) {
        victim = one;
        assertNamed(Fixtures.failures(LoadedTestCase.class).get("during"));
    }

    private static void assertNamed(@Nullable Throwable failure) {
        assertThat(failure).isInstanceOf(InconclusiveException.class);
        String message = Objects.requireNonNull(Objects.requireNonNull(failure).getMessage());
        assertThat(message.lines().skip(1).findFirst().orElseThrow())
                .startsWith("  In the fault window, ")
                .contains(String.format(victim.named, killed));
        assertThat(message).contains("none was held against this run");
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "1s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class LoadedTestCase {
        @BeforeEach
        void callsTheService(ChaosRun run) {
            given().baseUri(run.service("user-api").url())
                    .get("/users/1")
                    .then()
                    .statusCode(200);
        }

        @Test
        @Order(1)
        @NetworkDelay(selector = "app=user-api", latency = "20ms", duration = "1m")
        @Slo(phase = Phase.FAULT, errorRate = "1%")
        void during() throws Exception {
            victim.kill();
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }

        @Test
        @Order(2)
        void after() {}
    }

    @ChaosTest(manifests = "classpath:files.yaml")
    @ShopImages
    static class IdleTestCase {
        @Test
        @IoUringFault(
                selector = "app=uring-reader",
                operation = IoUringOperation.SETUP,
                action = IoUringAction.ERROR,
                errno = "EPERM",
                duration = "1m")
        void during() throws Exception {
            victim.kill();
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }
}
