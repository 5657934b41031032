// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code ./dev kill N} runs it with N kills, {@code ./dev test} with a few. */
@DisplayName("kill -9 of a random process of a random run at a random time")
class RandomKillsIT {
    private static final int COUNT = Integer.getInteger("chaos.kills", 3);
    private static final int SIDE_BY_SIDE = 3;

    @Test
    @DisplayName("is never held against the services, is named if it was ours, and leaves nothing behind")
    void kills() throws Exception {
        long seed = Long.getLong("chaos.kills.seed", new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("[kill] " + COUNT + " kills; again by -Dchaos.kills.seed=" + seed);
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Future<RandomKill.Outcome>> runs = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                RandomKill kill = new RandomKill(seed + i);
                runs.add(threads.submit(() -> {
                    RandomKill.Outcome outcome = kill.run();
                    System.out.println("[kill] " + outcome);
                    return outcome;
                }));
            }
            List<RandomKill.Outcome> outcomes = new ArrayList<>();
            for (Future<RandomKill.Outcome> run : runs) {
                outcomes.add(run.get());
            }
            System.out.println(table(outcomes));
            assertThat(outcomes)
                    .allSatisfy(outcome ->
                            assertThat(outcome.wrong()).as(outcome.toString()).isEmpty());
        } finally {
            threads.shutdownNow();
        }
    }

    private static String table(List<RandomKill.Outcome> outcomes) {
        Map<Victim, List<RandomKill.Outcome>> byVictim = new LinkedHashMap<>();
        for (Victim victim : Victim.values()) {
            byVictim.put(victim, new ArrayList<>());
        }
        outcomes.forEach(outcome -> byVictim.computeIfAbsent(outcome.kill().victim(), unused -> new ArrayList<>())
                .add(outcome));
        StringBuilder table = new StringBuilder(
                "| process | kills | left 1 s / 5 s after the JVM's end | outcome | wrong |\n|---|---|---|---|---|\n");
        byVictim.forEach((victim, all) -> {
            if (!all.isEmpty()) {
                table.append(String.format(
                        "| %s | %d | %d / %d | %s | %d |%n",
                        victim,
                        all.size(),
                        left(all, 1000),
                        left(all, 5000),
                        counts(all),
                        all.stream().filter(one -> !one.wrong().isEmpty()).count()));
            }
        });
        return table.toString();
    }

    private static long left(List<RandomKill.Outcome> outcomes, long millis) {
        return outcomes.stream()
                .filter(one -> one.leftMillis() < 0 || one.leftMillis() > millis)
                .count();
    }

    private static String counts(List<RandomKill.Outcome> outcomes) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        outcomes.forEach(one -> counts.merge(one.outcome(), 1, Integer::sum));
        return counts.toString().replaceAll("[{}]", "");
    }
}
