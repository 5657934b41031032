// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.PlannedKills;
import dev.chaosjunit.jwt.JwtChaos;
import dev.chaosjunit.load.ChaosMark;
import dev.chaosjunit.load.Following;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.RelativeObjective;
import dev.chaosjunit.slo.SloSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be tried and what must hold, as a value: no JUnit, so that YAML or a main method can make one too.
 *
 * @param id unique and fit for a file name
 * @param title for people
 * @param faults injected together; at least one, unless there are tokens
 * @param loads sent through all windows; without any there are no baseline and recovery windows
 * @param slos what the loads must see
 * @param goroutines whether and how goroutines must come back
 * @param windows lengths
 * @param seed of all randomness
 * @param podsMayEnd whether a pod's process may end, as long as it comes back
 * @param tokens requests with mutated tokens beside the loads, begun with the faults
 * @param traces what must hold of traces
 * @param abortWhen limits that end the fault once they are proved to be broken, beside those of SLOs
 * @param profiles which are taken of the fault window, if any
 */
public record Experiment(
        String id,
        String title,
        List<Fault> faults,
        List<LoadSpec> loads,
        List<SloSpec> slos,
        Optional<GoroutineRecovery> goroutines,
        WindowLengths windows,
        long seed,
        boolean podsMayEnd,
        Optional<JwtChaos> tokens,
        TraceRules traces,
        List<Objective> abortWhen,
        Optional<WantedProfiles> profiles) {
    private static final Duration LONGEST_REHEARSAL = Duration.ofSeconds(30);

    public Experiment {
        faults = List.copyOf(faults);
        loads = List.copyOf(loads);
        slos = List.copyOf(slos);
        abortWhen = List.copyOf(abortWhen);
        if (faults.isEmpty() && tokens.isEmpty()) {
            throw new IllegalArgumentException("an experiment needs a fault");
        }
        if (loads.isEmpty()
                && faults.stream().anyMatch(fault -> fault.minTouched().fraction() > 0)) {
            throw new IllegalArgumentException(
                    "minTouched is a share of the requests of a load, and there is no @Load");
        }
        if (loads.isEmpty() && !(slos.isEmpty() && abortWhen.isEmpty())) {
            throw new IllegalArgumentException("an SLO needs a load that it is measured on");
        }
        if (loads.isEmpty() && !traces.isEmpty()) {
            throw new IllegalArgumentException("what must hold of traces needs a load that begins them");
        }
        if (!traces.isEmpty()
                && loads.stream().map(LoadSpec::traced).noneMatch(load -> load.following() == Following.TRACED)) {
            throw new IllegalArgumentException("what must hold of traces needs a load that begins them, but each has"
                    + " chaosId = false or a traceparent of its own");
        }
        faults.forEach(fault -> fault.kills().ifPresent(kills -> checkBackOff(fault, kills, windows)));
        if (tokens.isPresent()) {
            tokens.get().make(loads, Instant.now()); // refuses what cannot be made before anything runs
        }
        Contradictions.refuse(slos, abortWhen);
    }

    private static void checkBackOff(Fault fault, PlannedKills kills, WindowLengths windows) {
        PlannedKills.Foreseen foreseen = kills.foreseen();
        if (foreseen.backAfter().compareTo(windows.recoverWithin()) > 0) {
            throw new IllegalArgumentException(
                    "@" + fault.name() + "(every): after the last kill that is possible, number "
                            + foreseen.possible() + ", a container is started again after "
                            + Durations.format(foreseen.lastWait())
                            + ", " + Durations.format(foreseen.backAfter()) + " after the fault, but recoverWithin is "
                            + Durations.format(windows.recoverWithin())
                            + ". Make recoverWithin or every longer, or change duration: " + fault.describe());
        }
    }

    /** One whose pods may not end. */
    public Experiment(
            String id,
            String title,
            List<Fault> faults,
            List<LoadSpec> loads,
            List<SloSpec> slos,
            Optional<GoroutineRecovery> goroutines,
            WindowLengths windows,
            long seed) {
        this(
                id,
                title,
                faults,
                loads,
                slos,
                goroutines,
                windows,
                seed,
                false,
                Optional.empty(),
                TraceRules.NONE,
                List.of(),
                Optional.empty());
    }

    /**
     * Refuse limits that its windows could not prove whatever came of the requests.
     *
     * @throws IllegalArgumentException with how many requests it takes
     */
    public void checkDecidable() {
        Decidable.check(this);
    }

    /** What requests carry in a window in which its faults are on. */
    ChaosMark mark(Stage window) {
        List<String> kinds = Stream.concat(
                        faults.stream().map(Fault::name), tokens.stream().map(chaos -> JwtChaos.class.getSimpleName()))
                .toList();
        return ChaosMark.of(id, window.toString(), kinds);
    }

    /** What its loads must see while the faults are on. */
    List<Objective> faultObjectives() {
        return faultSlos().flatMap(slo -> slo.objectives().stream()).toList();
    }

    private Stream<SloSpec> faultSlos() {
        return slos.stream().filter(slo -> slo.phase() == Phase.FAULT);
    }

    /** Whether the faults end once that is proved to hold. */
    boolean mayPassEarly() {
        return faultSlos().findAny().isPresent() && faultSlos().allMatch(SloSpec::earlyPass);
    }

    /** A limit that compares replicas with spared ones, in words; absent where none does. */
    Optional<String> controlled() {
        return faultObjectives().stream()
                .filter(Objective::hasControl)
                .map(objective -> "@Slo(" + objective.name() + " = \"" + objective.asLimit() + "\")")
                .findFirst();
    }

    boolean hasRelativeLimits() {
        return faultObjectives().stream().anyMatch(RelativeObjective.class::isInstance);
    }

    /** For how much longer the faults may last where it is undecided. */
    Duration extend() {
        return faultSlos().map(SloSpec::extend).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** How long its longest fault lasts, mutated tokens among them. */
    Duration longestFault() {
        return Stream.concat(
                        faults.stream().map(Fault::duration), tokens.stream().map(JwtChaos::duration))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /**
     * How long its loads are rehearsed. Where goroutines must come back, what load alone leaves of them must be there before:
     * as long as all windows together, 30 s at most. Otherwise it is to warm things up.
     */
    Duration rehearsal() {
        if (goroutines.isEmpty()) {
            return windows.baseline();
        }
        Duration all = windows.baseline().plus(longestFault()).plus(windows.recovery());
        return all.compareTo(LONGEST_REHEARSAL) < 0 ? all : LONGEST_REHEARSAL;
    }

    /** The shortest time in which a fault that lasts so long can be judged; the first of a set of loads is rehearsed on top. */
    public Duration timeToJudge(Duration fault) {
        return loads.isEmpty()
                ? fault
                : windows.baseline().plus(fault).plus(windows.recoverWithin()).plus(windows.recovery());
    }
}
