// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import dev.chaosjunit.load.Sample;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Wilson;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.ErrorRateObjective;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.RelativeLimit;
import dev.chaosjunit.slo.RelativeObjective;
import dev.chaosjunit.slo.Running;
import dev.chaosjunit.slo.SloJudge;
import dev.chaosjunit.slo.SloSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often verdicts are wrong, and what they find: the real judges on simulated requests, 200/s for 5 s. Where the truth is
 * exactly at the limit, "failed" is a false alarm of a service that meets it, and "passed" a miss of one that just does not.
 */
public final class AccuracyBench {
    private static final int RUNS = Integer.getInteger("accuracy.runs", 10_000);
    private static final int WINDOW = 5 * Simulated.PER_SECOND;
    private static final double ERRORS = 0.01;
    private static final List<String> RULES = List.of("p50", "p95", "p99", "errorRate");

    private AccuracyBench() {}

    /** Prints tables; -Daccuracy.runs says how many runs a rule has. */
    public static void main(String[] args) throws IOException {
        System.out.println(ScaleBench.machine());
        System.out.printf(
                Locale.ROOT, "%,d runs a row; each figure is a share of them, with its 95 %% interval.%n%n", RUNS);
        System.out.println(
                "| rule, requests | verdict | at the end | the same every second | time-uniform, every second"
                        + " | the same, then at the end | extended by half |\n|---|---|---|---|---|---|---|");
        for (Simulated law : List.of(
                Simulated.lognormal(0), Simulated.exponential(), Simulated.lognormal(0.5), Simulated.lognormal(0.9))) {
            RULES.forEach(rule -> wrong(rule, law));
        }
        System.out.println("\n| relative limit | failed, at the limit | passed, at the limit |\n|---|---|---|");
        relative("p50", 0.50, "baseline + 5ms");
        relative("p99", 0.99, "baseline + 30ms");
        relative("p99", 0.99, "1.5x baseline");
        relative("errorRate", 0, "baseline + 1%");
        System.out.println("\n| rule | broken: found in four of five at the end | time-uniform"
                + " | met: proved in four of five at the end | time-uniform |\n|---|---|---|---|---|");
        RULES.forEach(AccuracyBench::power);
    }

    /** The rule whose limit is just where the law is. */
    private static Objective at(String rule, Simulated law) {
        if (rule.equals("errorRate")) {
            return new ErrorRateObjective(new Percent(ERRORS));
        }
        double quantile = Integer.parseInt(rule.substring(1)) / 100.0;
        long nanos = Math.round(law.quantile(quantile) * 1e6);
        return new QuantileObjective(rule, quantile, Duration.ofNanos(nanos));
    }

    private static void wrong(String rule, Simulated law) {
        Objective objective = at(rule, law);
        List<List<Outcome>> runs = runs(RUNS, law.name().hashCode(), random -> {
            List<Sample> all = law.requests(random, WINDOW * 3 / 2, 1, ERRORS);
            return verdicts(objective, all);
        });
        System.out.println("| " + rule + ", " + law.name() + " | failed | " + shares(runs, Outcome.FAILED) + " |");
        System.out.println("| | passed | " + shares(runs, Outcome.PASSED) + " |");
    }

    /** One a column; the first that decides, where it is several. */
    private static List<Outcome> verdicts(Objective objective, List<Sample> all) {
        Outcome end = judge(objective, all.subList(0, WINDOW));
        Outcome peeked = Outcome.INCONCLUSIVE;
        for (int second = 1; second < 5 && peeked == Outcome.INCONCLUSIVE; second++) {
            peeked = judge(objective, all.subList(0, second * Simulated.PER_SECOND));
        }
        Outcome watched = watched(objective, all.subList(0, WINDOW));
        Outcome extended = end == Outcome.INCONCLUSIVE ? judge(objective, all) : end;
        return List.of(end, first(peeked, end), watched, first(watched, end), extended);
    }

    private static Outcome first(Outcome sooner, Outcome later) {
        return sooner == Outcome.INCONCLUSIVE ? later : sooner;
    }

    /** Each run has a seed of its own, so that all processors may share them. */
    private static List<List<Outcome>> runs(int count, int seed, Function<Random, List<Outcome>> run) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> run.apply(new Random(seed * 1_000_003L + i)))
                .toList();
    }

    private static Outcome judge(Objective objective, List<Sample> requests) {
        SloSpec spec = new SloSpec(Phase.FAULT, List.of(objective));
        return SloJudge.judge(spec, Stage.FAULT, "", requests).get(0).outcome();
    }

    private static Outcome watched(Objective objective, List<Sample> requests) {
        Running running = Running.soFar(objective);
        for (int from = 0; from < requests.size(); from += Simulated.PER_SECOND) {
            running.look(requests.subList(from, from + Simulated.PER_SECOND));
            if (running.broken().isPresent()) {
                return Outcome.FAILED;
            }
            if (running.holds()) {
                return Outcome.PASSED;
            }
        }
        return Outcome.INCONCLUSIVE;
    }

    private static void relative(String name, double quantile, String text) {
        Simulated law = Simulated.lognormal(0);
        RelativeLimit limit = quantile == 0 ? RelativeLimit.ofErrorRate(text) : RelativeLimit.ofLatency(text);
        SloSpec spec = new SloSpec(Phase.FAULT, List.of(new RelativeObjective(name, quantile, limit)));
        double before = quantile == 0 ? 0 : law.quantile(quantile) * 1e6;
        double factor = quantile == 0 ? 1 : (limit.factor() * before + limit.plus()) / before;
        double failing = quantile == 0 ? ERRORS + limit.plus() : 0;
        List<List<Outcome>> runs = runs(RUNS, text.hashCode(), random -> {
            List<Sample> baseline = law.requests(random, 4 * Simulated.PER_SECOND, 1, quantile == 0 ? ERRORS : 0);
            List<Sample> fault = law.requests(random, WINDOW, factor, failing);
            return List.of(SloJudge.judge(spec, Stage.FAULT, "", fault, baseline)
                    .get(0)
                    .outcome());
        });
        System.out.println("| " + name + " ≤ " + text + " | " + shares(runs, Outcome.FAILED) + " | "
                + shares(runs, Outcome.PASSED) + " |");
    }

    private static void power(String rule) {
        System.out.println("| " + rule + " | " + least(rule, true, false) + " | " + least(rule, true, true) + " | "
                + least(rule, false, false) + " | " + least(rule, false, true) + " |");
    }

    /** The factor of latency, or of the error rate, nearest to 1 with which four in five runs come to the right verdict. */
    private static String least(String rule, boolean isBroken, boolean isWatch) {
        Simulated law = Simulated.lognormal(0);
        Objective objective = at(rule, law);
        Outcome right = isBroken ? Outcome.FAILED : Outcome.PASSED;
        boolean isOfErrors = rule.equals("errorRate");
        DoublePredicate enough = factor -> {
            List<List<Outcome>> runs = runs(RUNS / 5, 3, random -> {
                double errors = isOfErrors ? ERRORS * factor : 0;
                List<Sample> requests = law.requests(random, WINDOW, isOfErrors ? 1 : factor, errors);
                return List.of(isWatch ? watched(objective, requests) : judge(objective, requests));
            });
            return runs.stream().filter(run -> run.get(0) == right).count() >= 0.8 * runs.size();
        };
        double far = Math.log(isBroken ? 8 : 0.02);
        double near = 0;
        for (int i = 0; i < 9; i++) {
            double middle = (far + near) / 2;
            if (enough.test(Math.exp(middle))) {
                far = middle;
            } else {
                near = middle;
            }
        }
        return isOfErrors
                ? String.format(Locale.ROOT, "%.2f %%", 100 * ERRORS * Math.exp(far))
                : String.format(Locale.ROOT, "%.2f × the limit", Math.exp(far));
    }

    /** How many of the runs came to a verdict, a column each. */
    private static String shares(List<List<Outcome>> runs, Outcome outcome) {
        return IntStream.range(0, runs.get(0).size())
                .mapToObj(column -> share((double) runs.stream()
                                .filter(run -> run.get(column) == outcome)
                                .count()
                        / runs.size()))
                .collect(Collectors.joining(" | "));
    }

    private static String share(double share) {
        double lower = 100 * Wilson.lower(share, RUNS, 1.96);
        double upper = 100 * Wilson.upper(share, RUNS, 1.96);
        return String.format(Locale.ROOT, "%.1f (%.1f–%.1f) %%", 100 * share, lower, upper);
    }
}
