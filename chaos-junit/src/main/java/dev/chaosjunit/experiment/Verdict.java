// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.ShareReached;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.TokenResult;
import dev.chaosjunit.result.Touched;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Everything that was found, weighed into one outcome and the sentences that explain it. Pure. */
final class Verdict {
    /** A share of the requests below this is said in the first lines. */
    private static final double FEW = 0.05;

    private Outcome outcome = Outcome.PASSED;
    private final List<String> ends = new ArrayList<>();
    private final List<String> foremost = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean isOfTokens;
    private boolean isTokensAlone;

    Outcome outcome() {
        return outcome;
    }

    /** Lines that have to be read before the rest. */
    void foremost(List<String> lines) {
        foremost.addAll(lines);
    }

    String summary() {
        return String.join("\n", concat(concat(ends, foremost), found()));
    }

    private List<String> found() {
        List<String> more = concat(missed, remarks);
        if (!reasons().isEmpty()) {
            return concat(reasons, more);
        }
        String hit = missed.isEmpty() && !isTokensAlone ? "the fault hit, " : "";
        String answered = isOfTokens ? "each mutated token got its answer, " : "";
        return concat(List.of("Every objective was met, " + hit + answered + "and everything came back."), more);
    }

    /** What stands against a pass, in the order in which it was found; the ends of pods first, as they explain the rest. */
    List<String> reasons() {
        return concat(ends, reasons);
    }

    /** Processes of pods that ended though they may not. One that did so before the fault proves nothing. */
    void ends(PodEnds found) {
        if (!found.ends().isEmpty()) {
            outcome = outcome.and(found.isAnyNoFault() ? Outcome.INCONCLUSIVE : Outcome.FAILED);
            ends.addAll(found.reasons());
        }
    }

    boolean hasEnds() {
        return !ends.isEmpty();
    }

    private static List<String> concat(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    void add(Outcome found, String reason) {
        outcome = outcome.and(found);
        if (found != Outcome.PASSED) {
            reasons.add(reason);
        }
    }

    /** A baseline that is not steady proves nothing about the fault, so even a missed objective is no failure. */
    void unsteady(List<SloResult> baseline) {
        baseline.stream()
                .filter(slo -> slo.outcome() != Outcome.PASSED)
                .forEach(slo -> add(
                        Outcome.INCONCLUSIVE,
                        "Not steady before the fault, so nothing was injected: " + slo.load() + ": " + slo.detail()));
    }

    void slos(List<SloResult> slos) {
        slos.stream()
                .sorted(Comparator.comparing(slo -> !isFailedErrorRate(slo))) // a request that failed tells more
                .forEach(slo ->
                        add(slo.outcome(), "In the " + slo.window() + " window, " + slo.load() + ": " + slo.detail()));
    }

    private static boolean isFailedErrorRate(SloResult slo) {
        return slo.objective().equals("errorRate") && slo.outcome() == Outcome.FAILED;
    }

    /** A fault that touched few requests says little of them; too few only where the test says how many it wants. */
    void touched(List<Touched> faults) {
        for (Touched fault : faults) {
            String words = "The fault touched " + fault.describe();
            if (fault.outcome() != Outcome.PASSED) {
                add(
                        fault.outcome(),
                        words + ", but minTouched asks for " + new Percent(fault.wanted()) + ": " + fault.fault()
                                + ".");
            } else if (fault.touched() > 0 && fault.share() < FEW) {
                remarks.add(words + ": " + fault.fault() + ".");
            }
        }
    }

    /** A fault must have hit somebody who uses one of its pods; those where it did not are named. Probes come without load. */
    void witnesses(List<FaultWitness> faults) {
        isTokensAlone = faults.isEmpty();
        Escapes.refused(faults).forEach(escape -> add(Outcome.INCONCLUSIVE, escape));
        boolean hit = FaultWitness.pods(faults).stream().anyMatch(Verdict::isHit);
        (hit ? remarks : missed).addAll(Escapes.allowed(faults));
        faults.forEach(this::witness);
        FaultWitness.pods(faults).forEach(this::share);
    }

    private void witness(FaultWitness witness) {
        String fault = witness.fault().describe();
        List<FaultResult> unhit = witness.unhit();
        if (!witness.isHit()) {
            String what = witness.metProbes() ? "The fault met probes only: " : "The fault hit nothing: ";
            add(Outcome.INCONCLUSIVE, what + fault + ": " + FaultWitness.sight(unhit));
        } else if (!unhit.isEmpty()) {
            missed.add("The fault hit " + String.join(", ", witness.hit()) + ", but not all that were selected: "
                    + fault + ": " + FaultWitness.sight(unhit));
        }
    }

    /** One interval in twenty misses what was asked for by chance, so that it is said, and decides nothing. */
    private void share(FaultResult pod) {
        ShareReached share = pod.share();
        if (share != null && share.missesAsked()) {
            remarks.add("The fault hit another share than it was asked for, as one in twenty does by chance: "
                    + pod.fault() + " on " + pod.instance() + ": " + share.describe() + ".");
        }
    }

    /** Where nothing is counted, the word of whatever injected it stands for that. */
    private static boolean isHit(FaultResult pod) {
        return pod.counters() == null
                ? pod.witness() == Outcome.PASSED
                : pod.counters().hit() > 0;
    }

    /** What injected the fault could not lift it, or say what it did: it was not there all the time. */
    void endedEarly(InjectionException why) {
        add(Outcome.INCONCLUSIVE, "The fault ended before its time: " + why.getMessage());
    }

    void tokens(List<TokenResult> tokens) {
        isOfTokens = !tokens.isEmpty();
        tokens.forEach(
                token -> add(token.outcome(), "Of the requests to " + token.load() + ", " + token.detail() + "."));
    }

    void goroutines(List<GoroutineResult> goroutines) {
        goroutines.forEach(pod -> add(pod.outcome(), "Goroutines of " + pod.instance() + ": " + pod.detail()));
    }
}
