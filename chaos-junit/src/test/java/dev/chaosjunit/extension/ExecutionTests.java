// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.suppressed;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.bpf.FakeHelper;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

@DisplayName("A test with a fault")
class ExecutionTests {

    @TempDir
    Path report;

    private final FakeHelper helper = FakeServices.helperOf(ShopTestCase.class);

    @Test
    @DisplayName("passes when its body does and the fault hit")
    void passes() {
        execute("passes").assertThatEvents().haveExactly(1, event(test("passes"), finishedSuccessfully()));
        assertThat(result("passes")).content().contains("\"outcome\" : \"PASSED\"", "\"seed\" : 42");
        assertThat(helper.asked()).endsWith("on f1", "off f1", "stats f1", "detach f1", "close");
    }

    @Test
    @DisplayName("fails as its body does, with the verdict beside it, also where the body has no message")
    void bodyFails() {
        execute("bodyFails")
                .assertThatEvents()
                .haveExactly(
                        1,
                        failed(
                                instanceOf(IllegalStateException.class),
                                suppressed(0, instanceOf(AssertionFailedError.class))));
        assertThat(result("bodyFails"))
                .content()
                .contains("\"outcome\" : \"FAILED\"", "during the fault: java.lang.IllegalStateException");
        assertThat(helper.asked()).endsWith("off f1", "stats f1", "detach f1", "close");
    }

    @Test
    @DisplayName("says what its body failed with once, in the failure, and in the report")
    void saidOnce() {
        execute("bodySays")
                .assertThatEvents()
                .haveExactly(
                        1,
                        failed(
                                message("not\nready"),
                                suppressed(
                                        0,
                                        instanceOf(AssertionFailedError.class),
                                        message(verdict -> verdict.contains("check failed during the fault.")
                                                && !verdict.contains("ready")))));
        assertThat(result("bodySays")).content().contains("check failed during the fault: not\\nready");
    }

    @Test
    @DisplayName("is neither failed nor reported when its body finds that an assumption does not hold")
    void aborted() {
        execute("aborts")
                .assertThatEvents()
                .haveExactly(1, event(abortedWithReason(instanceOf(TestAbortedException.class))));
        assertThat(result("aborts")).doesNotExist();
        assertThat(helper.asked()).endsWith("on f1", "detach f1", "close");
    }

    @Test
    @DisplayName("that runs into its time-out has a report that says so")
    void timeout() {
        execute("hangs")
                .assertThatEvents()
                .haveExactly(
                        1,
                        failed(
                                instanceOf(TimeoutException.class),
                                suppressed(
                                        0,
                                        instanceOf(InterruptedException.class),
                                        suppressed(0, instanceOf(AssertionFailedError.class)))));
        assertThat(result("hangs")).content().contains("\"outcome\" : \"INCONCLUSIVE\"", "in the fault window");
        assertThat(helper.asked()).endsWith("on f1", "off f1", "stats f1", "detach f1", "close");
    }

    @Test
    @Timeout(10)
    @DisplayName("that is interrupted in mid-fault has the fault lifted at once")
    void interrupted() {
        execute("isInterrupted").assertThatEvents().haveExactly(1, failed(instanceOf(InterruptedException.class)));
        assertThat(result("isInterrupted")).content().contains("in the fault window");
        assertThat(helper.asked()).endsWith("on f1", "off f1", "stats f1", "detach f1", "close");
    }

    @Test
    @DisplayName("whose time-out comes from another thread is cleaned up after all the same")
    void timeoutApart() {
        execute("hangsApart").assertThatEvents().haveExactly(1, failed(instanceOf(TimeoutException.class)));
        await().untilAsserted(() -> assertThat(helper.asked()).contains("off f1", "stats f1", "detach f1"));
        await().untilAsserted(() -> assertThat(result("hangsApart")).content().contains("in the fault window"));
    }

    @Test
    @DisplayName("that answers the time-out's interrupt with an exception of its own is reported with both")
    void swallowedInterrupt() {
        execute("swallows").assertThatEvents().haveExactly(1, failed(instanceOf(TimeoutException.class)));
        assertThat(result("swallows"))
                .content()
                .contains("during the fault: woken", "Interrupted, as by a time-out of the test, in the fault window");
        assertThat(helper.asked()).endsWith("off f1", "stats f1", "detach f1", "close");
    }

    @Test
    @DisplayName("is inconclusive when the fault hit nothing")
    void hitNothing() {
        helper.reply(
                "stats",
                "ok seen=3 matched=0 hit=0 bytes=0 t_on_ns=1 t_first_hit_ns=0 t_off_ns=2 t_first_clean_ns=0 captured=0"
                        + " sent=0 full=0 skipped=0 expired=0 send_errors=0 rt=yes delay_hist= err_hist= peers=");
        execute("hitsNothing").assertThatEvents().haveExactly(1, failed(instanceOf(InconclusiveException.class)));
    }

    @Test
    @DisplayName("that is disabled injects nothing")
    void disabled() {
        execute("isDisabled").assertStatistics(stats -> stats.skipped(1).started(0));
        assertThat(helper.asked()).doesNotContain("on f1");
    }

    @Test
    @DisplayName("is refused where the seed is no number")
    void badSeed() {
        Events events = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(ShopTestCase.class, "passes"))
                .configurationParameter(ChaosParameters.SEED, "lucky")
                .execute()
                .testEvents();
        events.assertThatEvents()
                .haveExactly(
                        1,
                        failed(
                                instanceOf(ExtensionConfigurationException.class),
                                message(m -> m.contains("chaos.seed must be a whole number, but is \"lucky\""))));
    }

    private Events execute(String method) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(ShopTestCase.class, method))
                .configurationParameter(ChaosParameters.REPORT, report.toString())
                .configurationParameter(ChaosParameters.SEED, "42")
                .execute()
                .testEvents();
    }

    private Path result(String method) {
        return report.resolve("ShopTestCase." + method + ".json");
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Condition<Event> failed(Condition<Throwable>... conditions) {
        return event(finishedWithFailure(conditions));
    }

    @ExtendWith(FakeServices.class)
    @ChaosTest(manifests = "classpath:extension/none.yaml")
    static class ShopTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "20ms")
        void passes() {}

        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "20ms")
        void bodyFails() {
            throw new IllegalStateException();
        }

        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "20ms")
        void bodySays() {
            throw new IllegalStateException("not\nready");
        }

        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "20s")
        void aborts() {
            assumeTrue(false, "not today");
        }

        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "400ms")
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS)
        void hangs() throws InterruptedException {
            Thread.sleep(20_000);
        }

        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "20s")
        void isInterrupted() throws InterruptedException {
            Thread.currentThread().interrupt();
            Thread.sleep(20_000);
        }

        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "400ms")
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void hangsApart() throws InterruptedException {
            Thread.sleep(20_000);
        }

        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "400ms")
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS)
        void swallows() {
            try {
                Thread.sleep(20_000);
                fail("not interrupted");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("woken", e);
            }
        }

        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "20ms")
        void hitsNothing() {}

        @Test
        @Disabled("for a test")
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "20ms")
        void isDisabled() {}

        @AfterEach
        void faultIsOver(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
        }
    }
}
