// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Chosen pods are killed, or containers of them.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param what is killed
 * @param signal what the first process of a container is sent
 * @param every from one kill of a container to the next, 1 s or more; absent for one only
 * @param keptDown whether a container is not started again before the fault is over
 * @param gracePeriod how long a pod may take to end after SIGTERM, whole seconds; absent for none
 * @param containerNames which containers of a pod, each once; empty for its first
 */
public record PodKill(
        Selection selection,
        Duration duration,
        Killed what,
        KillSignal signal,
        Optional<Duration> every,
        boolean keptDown,
        Optional<Duration> gracePeriod,
        List<String> containerNames)
        implements Fault {
    /** Sooner than that neither kubelet nor we start a container again. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public PodKill {
        Fault.checkDuration(duration);
        containerNames = containerNames.stream().distinct().toList();
        if (what == Killed.CONTAINER) {
            gracePeriod.ifPresent(grace -> {
                throw new IllegalArgumentException(
                        "gracePeriod goes with what = POD, as a container is killed by signal alone, but is "
                                + Durations.format(grace));
            });
        } else {
            checkPod(signal, every, keptDown, gracePeriod, containerNames);
        }
        if (keptDown && every.isPresent()) {
            throw new IllegalArgumentException(
                    "every cannot go with keptDown = true: a container that is kept down is killed once");
        }
        every.ifPresent(each -> {
            if (each.compareTo(SHORTEST) < 0 || each.compareTo(duration) >= 0) {
                throw new IllegalArgumentException("every must be 1s or more and less than duration, "
                        + Durations.format(duration) + ", or empty for one kill, but is " + Durations.format(each));
            }
        });
    }

    /** Of a container, by a signal. */
    public PodKill(Selection selection, Duration duration, KillSignal signal, Optional<Duration> every) {
        this(selection, duration, Killed.CONTAINER, signal, every, false, Optional.empty(), List.of());
    }

    private static void checkPod(
            KillSignal signal,
            Optional<Duration> every,
            boolean keptDown,
            Optional<Duration> gracePeriod,
            List<String> containerNames) {
        if (!containerNames.isEmpty()) {
            throw new IllegalArgumentException(
                    "containerNames goes with what = CONTAINER: a pod is deleted with all of its containers, but is "
                            + containerNames);
        }
        if (keptDown) {
            throw new IllegalArgumentException(
                    "keptDown goes with what = CONTAINER: in the place of a pod that is deleted another comes");
        }
        if (signal != KillSignal.SIGKILL) {
            throw new IllegalArgumentException(
                    "signal goes with what = CONTAINER: a pod that is deleted gets SIGTERM, and"
                            + " SIGKILL after gracePeriod, but is " + signal);
        }
        every.ifPresent(each -> {
            throw new IllegalArgumentException(
                    "every goes with what = CONTAINER, as a fault does not follow a pod onto the one"
                            + " that comes in its place, but is " + Durations.format(each));
        });
        gracePeriod
                .filter(grace -> !grace.equals(grace.truncatedTo(ChronoUnit.SECONDS)))
                .ifPresent(grace -> {
                    throw new IllegalArgumentException(
                            "gracePeriod must be whole seconds, 0s or more, but is " + Durations.format(grace));
                });
    }

    private PlannedKills planned() {
        return new PlannedKills(
                duration,
                every,
                what == Killed.POD ? Optional.of(gracePeriod.orElse(Duration.ZERO)) : Optional.empty(),
                keptDown,
                containerNames);
    }

    @Override
    public Unit unit() {
        return Unit.KILL;
    }

    @Override
    public Scope scope() {
        return Scope.MOMENTS;
    }

    @Override
    public Optional<Traffic> traffic() {
        return Optional.empty();
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.empty();
    }

    @Override
    public Percent minTouched() {
        return Percent.NONE;
    }

    @Override
    public Optional<PlannedKills> kills() {
        return Optional.of(planned());
    }

    @Override
    public Optional<String> caution() {
        PlannedKills kills = planned();
        long possible = kills.foreseen().possible();
        return possible == kills.asked()
                ? Optional.empty()
                : Optional.of("Of " + kills.asked() + " kills of a pod about " + possible + " find it running: every = "
                        + Durations.format(every.orElseThrow())
                        + " is shorter than the back-off after which a container is started again, at once the first time,"
                        + " then 10s, 20s, 40s … 5m after its end.");
    }

    @Override
    public Optional<String> clash(Fault other) {
        return other.kills().isPresent() ? Optional.of("both kill it") : Optional.empty();
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this)
                .with("signal", signal.name().substring("SIG".length()).toLowerCase(Locale.ROOT));
    }

    @Override
    public String describe() {
        String how = what == Killed.POD
                ? "deletion of pods"
                        + gracePeriod
                                .map(grace -> " within " + Durations.format(grace))
                                .orElse("")
                : "kill by " + signal
                        + (containerNames.isEmpty() ? "" : " of " + containers())
                        + every.map(each -> " every " + Durations.format(each)).orElse("")
                        + (keptDown ? " and kept down" : "");
        return how + ", " + Durations.format(duration) + ", on " + selection;
    }

    private String containers() {
        return (containerNames.size() == 1 ? "container " : "containers ") + String.join(", ", containerNames);
    }

    /** Reads {@code @PodKill}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "PodKill";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            KillSignal signal = source.choice("signal", KillSignal.class);
            Optional<Duration> every = source.read("every", Kind::given);
            Killed what = source.choice("what", Killed.class);
            boolean keptDown = source.flag("keptDown");
            Optional<Duration> gracePeriod = source.read("gracePeriod", Kind::given);
            List<String> containerNames = source.texts("containerNames");
            return source.build(
                    () -> new PodKill(selection, duration, what, signal, every, keptDown, gracePeriod, containerNames));
        }

        private static Optional<Duration> given(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(Durations.parse(text));
        }
    }
}
