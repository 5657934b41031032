// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How many goroutines pods say that they have, about once a second: the number at {@code /debug/vars}, by which the white paper
 * judges. Each asks for itself, from within, so that no fault on its network is in the way.
 */
final class PublishedCounts {
    private static final String URL = "http://127.0.0.1:6060/debug/vars";
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Count> counts = new CopyOnWriteArrayList<>();
    private Thread asking = new Thread();
    private volatile @Nullable Throwable failure;

    private record Count(String pod, Instant at, int goroutines) {}

    /** What the paper's rule has to go by: is the number of goroutines back at its baseline within 30 s of the fault's end? */
    record Verdict(int baseline, int least) {
        boolean isBack() {
            return least <= baseline;
        }
    }

    /** Begin to ask these pods. */
    void start(List<Instance> of) throws IOException {
        Map<String, NodePod> pods = new TreeMap<>();
        for (Instance pod : of) {
            pods.put(pod.title(), NodePod.ofAny(pod));
        }
        asking = new Thread(() -> ask(pods), "published-counts");
        asking.setDaemon(true);
        asking.start();
    }

    /** How many goroutines a pod says that it has now; the two that serve this question are among them. */
    static int now(NodePod pod) throws IOException, InterruptedException {
        return JSON.readTree(pod.get(URL)).required("goroutines").intValue();
    }

    /** The same load was on before the fault and after it: the most there were before, and the least in 30 s after. */
    Verdict verdict(String pod, Report report) {
        Instant from = report.at("baseline", "startMs"), on = report.at("fault", "startMs");
        Instant off = report.at("fault", "endMs"), over = off.plus(WITHIN);
        return new Verdict(
                counts(pod, at -> at.isAfter(from) && at.isBefore(on)).max().orElseThrow(),
                counts(pod, at -> at.isAfter(off) && at.isBefore(over)).min().orElseThrow());
    }

    private IntStream counts(String pod, Predicate<Instant> when) {
        return counts.stream()
                .filter(count -> count.pod().equals(pod) && when.test(count.at()))
                .mapToInt(Count::goroutines);
    }

    private void ask(Map<String, NodePod> pods) {
        try {
            while (true) {
                Thread.sleep(1_000);
                for (Map.Entry<String, NodePod> pod : pods.entrySet()) {
                    counts.add(new Count(pod.getKey(), Instant.now(), now(pod.getValue())));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped
        } catch (IOException | AssertionError e) {
            failure = e;
        }
    }

    /** All must have answered until now. */
    void stop() throws InterruptedException {
        asking.interrupt();
        asking.join();
        assertThat(failure).isNull();
    }
}
