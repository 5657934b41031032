// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What chosen pods ask of io_uring fails, comes late, or never completes.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param operation what is meant
 * @param action what happens to it
 * @param errno for {@link IoUringAction#ERROR}: the name or number of an errno, {@code EIO} or {@code 5}
 * @param latency for {@link IoUringAction#DELAY}: how long; for {@link IoUringAction#ERROR}: how long until it fails, or
 *     empty for at once; empty otherwise
 * @param calls which of the calls
 */
public record IoUringFault(
        Selection selection,
        Duration duration,
        IoUringOperation operation,
        IoUringAction action,
        Optional<String> errno,
        Optional<Latency> latency,
        Calls calls)
        implements CallFault {
    private static final int LAST_ERRNO = 133; // EHWPOISON

    public IoUringFault {
        Fault.checkDuration(duration);
        errno.ifPresent(IoUringFault::checkErrno);
        if (errno.isPresent() != (action == IoUringAction.ERROR)) {
            throw new IllegalArgumentException("errno goes with action ERROR, which needs one; action is " + action);
        }
        if (action == IoUringAction.DELAY && latency.isEmpty()) {
            throw new IllegalArgumentException("action DELAY needs a latency, 1us to 60s");
        }
        if (action == IoUringAction.DROP && latency.isPresent()) {
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
        boolean good = number ? errno.length() < 4 && inRange(Integer.parseInt(errno)) : ErrnoNames.has(errno);
        if (!good) {
            throw new IllegalArgumentException("errno must be a name such as EIO, or a number from 1 to " + LAST_ERRNO
                    + ", but is \"" + errno + "\"");
        }
    }

    private static boolean inRange(int errno) {
        return errno >= 1 && errno <= LAST_ERRNO;
    }

    @Override
    public Optional<String> clash(Fault other) {
        return other instanceof IoUringFault uring && uring.operation == operation
                ? Optional.of("both act on io_uring " + operation)
                : Optional.empty();
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this)
                .and(calls.words())
                .with("operation", word(operation))
                .given("keeper", place.keeper().orElse(""))
                .with("action", word(action))
                .given("errno", errno.orElse(""))
                .and(latency.map(Latency::words).orElse(Words.NONE));
    }

    /** What a listener could not reach, and which operations held their ring. */
    @Override
    public String detail(Told told) {
        if (!told.has("skipped")) {
            return "";
        }
        String taken = told.has("taken")
                ? ", taken out of their ring " + told.text("taken") + ", held with it " + told.text("held")
                : "";
        return "out of reach " + told.text("skipped") + taken;
    }

    /** A listener hears of each ring that is asked for. */
    @Override
    public String hint(Told told) {
        return told.has("rings") && told.number("rings") == 0
                ? "the pod has asked for no ring since it started: this program makes no rings"
                : "";
    }

    /** Operations that could not be late by themselves: their whole ring was held with them. */
    @Override
    public Optional<SideEffect> sideEffect(Told told, String pod, Duration on) {
        long held = told.has("taken") ? told.number("held") : 0;
        if (held == 0) {
            return Optional.empty();
        }
        String share = held + " of " + (held + told.number("taken")) + " operations";
        String sentence = "Rings were held in " + pod + ", with all that is in them, not only what was to be late: by "
                + share + " of " + describe()
                + ". Such are those that make descriptors, of registered files or buffers,"
                + " in a chain, or that complete more than once.";
        return Optional.of(new SideEffect(sentence, "rings of " + pod + " were held by " + share, null));
    }

    @Override
    public String describe() {
        String what = switch (action) {
            case ERROR ->
                "fails with " + errno.orElseThrow()
                        + latency.map(late -> " after " + late).orElse("");
            case DELAY -> "delayed " + latency.orElseThrow();
            case DROP -> "never completes";
        };
        return "io_uring " + word(operation) + " " + what + calls + ", " + Durations.format(duration) + ", on "
                + selection;
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@code @IoUringFault}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "IoUringFault";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            IoUringOperation operation = source.choice("operation", IoUringOperation.class);
            IoUringAction action = source.choice("action", IoUringAction.class);
            Optional<String> errno = Optional.of(source.text("errno")).filter(text -> !text.isEmpty());
            Optional<Latency> latency =
                    action == IoUringAction.DELAY ? Optional.of(Latency.read(source)) : Latency.readIfAny(source);
            Calls calls = Calls.read(source);
            return source.build(() -> new IoUringFault(selection, duration, operation, action, errno, latency, calls));
        }
    }
}
