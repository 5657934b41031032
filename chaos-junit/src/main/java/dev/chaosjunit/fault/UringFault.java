// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What chosen pods ask of io_uring fails, comes late, or never completes.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param operation what is meant
 * @param action what happens to it
 * @param errno for {@link IoUringAction#ERROR}: the name or number of an errno, {@code EIO} or {@code 5}
 * @param latency for {@link IoUringAction#DELAY}: how long, 1 µs to 60 s; for {@link IoUringAction#ERROR}: how long until it
 *     fails, or zero for at once; zero otherwise
 * @param jitter each latency is drawn from {@code latency ± jitter}; 0 to {@code latency}
 * @param calls which of the calls
 */
public record UringFault(
        Selection selection,
        Duration duration,
        IoUringOperation operation,
        IoUringAction action,
        Optional<String> errno,
        Duration latency,
        Duration jitter,
        Calls calls)
        implements Fault {
    private static final Pattern NAME = Pattern.compile("E[A-Z0-9]+");
    private static final int LAST_ERRNO = 133; // EHWPOISON

    public UringFault {
        Fault.checkDuration(duration);
        errno.ifPresent(UringFault::checkErrno);
        if (errno.isPresent() != (action == IoUringAction.ERROR)) {
            throw new IllegalArgumentException("errno goes with action ERROR, which needs one; action is " + action);
        }
        boolean late = !latency.isZero() || !jitter.isZero();
        if (action == IoUringAction.DELAY || (action == IoUringAction.ERROR && late)) {
            Latency.check(latency, jitter);
        } else if (late) {
            throw new IllegalArgumentException(
                    "latency and jitter go with action DELAY and ERROR only, not with " + action);
        }
        if (action == IoUringAction.DROP && !operation.completes()) {
            throw new IllegalArgumentException(
                    "action DROP is for operations that complete through a ring, such as READ, not for " + operation);
        }
    }

    private static void checkErrno(String errno) {
        boolean number = !errno.isEmpty() && errno.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean good = number
                ? errno.length() < 4 && inRange(Integer.parseInt(errno))
                : NAME.matcher(errno).matches();
        if (!good) {
            throw new IllegalArgumentException("errno must be a name such as EIO, or a number from 1 to " + LAST_ERRNO
                    + ", but is \"" + errno + "\"");
        }
    }

    private static boolean inRange(int errno) {
        return errno >= 1 && errno <= LAST_ERRNO;
    }

    /** Whether what it hits is late, be it done then or failed. */
    public boolean isLate() {
        return !latency.isZero();
    }

    @Override
    public Unit unit() {
        return Unit.CALL;
    }

    @Override
    public Percent minTouched() {
        return calls.minTouched();
    }

    @Override
    public String describe() {
        String what = switch (action) {
            case ERROR ->
                "fails with " + errno.orElseThrow() + (isLate() ? " after " + Latency.describe(latency, jitter) : "");
            case DELAY -> "delayed " + Latency.describe(latency, jitter);
            case DROP -> "never completes";
        };
        return "io_uring " + operation.name().toLowerCase(Locale.ROOT) + " " + what + calls + ", "
                + Durations.format(duration) + ", on " + selection;
    }
}
