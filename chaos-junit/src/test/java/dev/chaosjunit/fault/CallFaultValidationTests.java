// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A fault in a process refuses what it cannot mean")
class CallFaultValidationTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "134", "4711", "99999999999", "eio", "-5", "EIO "})
    @DisplayName("an errno that is none")
    void badErrno(String errno) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> uring(IoUringOperation.READ, IoUringAction.ERROR, errno, Duration.ZERO))
                .withMessageStartingWith("errno must be a name such as EIO, or a number from 1 to 133");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "133", "EIO", "E2BIG", "ENOSPC"})
    @DisplayName("and takes those that may be one")
    void goodErrno(String errno) {
        assertThat(uring(IoUringOperation.SETUP, IoUringAction.ERROR, errno, Duration.ZERO)
                        .describe())
                .startsWith("io_uring setup fails with " + errno);
    }

    @Test
    @DisplayName("elements that do not go with the action, and a dropped completion of what does not complete")
    void actions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> uring(IoUringOperation.READ, IoUringAction.DROP, "EIO", Duration.ZERO))
                .withMessageContaining("errno goes with action ERROR");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> uring(IoUringOperation.READ, IoUringAction.ERROR, null, Duration.ZERO))
                .withMessageContaining("errno goes with action ERROR");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> uring(IoUringOperation.READ, IoUringAction.DROP, null, SECOND))
                .withMessageContaining("latency and jitter go with action DELAY and ERROR only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> uring(IoUringOperation.READ, IoUringAction.DELAY, null, Duration.ZERO))
                .withMessageContaining("action DELAY needs a latency, 1us to 60s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> uring(IoUringOperation.SETUP, IoUringAction.DROP, null, Duration.ZERO))
                .withMessageContaining("not for SETUP");
    }

    @Test
    @DisplayName("an error may come late, by as much as a delay")
    void lateErrors() {
        assertThat(uring(IoUringOperation.READ, IoUringAction.ERROR, "EIO", SECOND)
                        .describe())
                .startsWith("io_uring read fails with EIO after 1s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> uring(IoUringOperation.READ, IoUringAction.ERROR, "EIO", Duration.ofSeconds(61)))
                .withMessageContaining("latency must be 1us to 60s");
    }

    @Test
    @DisplayName("no function, a label without a value, calls that are none")
    void calls() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GoSite(" ", "", ""))
                .withMessageContaining("function must name a Go function");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GoSite("main.f", "tenant", ""))
                .withMessageContaining("label must have the form key=value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calls(new Percent(0), 0, 0))
                .withMessageContaining("probability must be 0.0001% to 100%");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calls(new Percent(1), -1, 0))
                .withMessageContaining("after must be 0 or more");
    }

    @Test
    @DisplayName("two faults on the same operation of io_uring, but not on two")
    void conflicts() {
        Fault read = uring(IoUringOperation.READ, IoUringAction.ERROR, "EIO", Duration.ZERO);
        Fault again = uring(IoUringOperation.READ, IoUringAction.DROP, null, Duration.ZERO);
        Fault write = uring(IoUringOperation.WRITE, IoUringAction.ERROR, "EIO", Duration.ZERO);
        assertThat(read.clash(again)).hasValue("both act on io_uring READ");
        assertThat(read.clash(write)).isEmpty();
    }

    private static Fault uring(
            IoUringOperation operation, IoUringAction action, @Nullable String errno, Duration latency) {
        Optional<Latency> late = latency.isZero() ? Optional.empty() : Optional.of(new Latency(latency));
        return new IoUringFault(ALL, SECOND, operation, action, Optional.ofNullable(errno), late, Calls.ALL);
    }
}
