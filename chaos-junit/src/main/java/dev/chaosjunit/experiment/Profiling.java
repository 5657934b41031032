// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.observe.PodProfiles;
import dev.chaosjunit.observe.profile.ProfileKind;
import dev.chaosjunit.observe.profile.Profiles;
import dev.chaosjunit.observe.profile.TakenProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Takes profiles of every pod that serves pprof: those of a stretch of time once over the whole fault window, those of a
 * moment again and again in it. Each pod and kind has a thread of its own, as a pod under a fault may answer late or never.
 */
final class Profiling implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int MOST_LOOKS = 20;
    private static final Duration LATE = Duration.ofSeconds(5);

    private final List<ProfileKind> kinds;
    private final Run run;
    private final Map<String, PodProfiles> pods = new LinkedHashMap<>();
    private final List<Timer> looks = new ArrayList<>();
    private final List<Timer> stretches = new ArrayList<>();
    private final Queue<TakenProfile> taken = new ConcurrentLinkedQueue<>();
    private final Map<String, String> missed = new ConcurrentSkipListMap<>();
    private CountDownLatch open = new CountDownLatch(0);

    private Profiling(List<ProfileKind> kinds, Run run) {
        this.kinds = kinds;
        this.run = run;
    }

    /** Find who is to be asked, before any fault is on; nobody where no profiles are wanted. */
    static Profiling of(Run run) {
        Optional<WantedProfiles> wanted = run.experiment().profiles();
        Profiling profiling = new Profiling(wanted.map(WantedProfiles::kinds).orElse(List.of()), run);
        wanted.ifPresent(those -> profiling.find(those.port()));
        return profiling;
    }

    private void find(String name) {
        List<Instance> without = new ArrayList<>();
        for (Instance pod : run.cluster().instances()) {
            Integer port = pod.ports().get(name);
            if (port == null) {
                without.add(pod);
            } else {
                pods.put(pod.title(), new PodProfiles(run.cluster().reach(pod, port)));
            }
        }
        if (!without.isEmpty()) {
            run.findings()
                    .note("No profiles of pods that have no container port named \"" + name + "\": "
                            + without.stream()
                                    .map(pod -> pod.title() + " " + pod.ports())
                                    .collect(Collectors.joining(", ")));
        }
    }

    /**
     * The fault is on.
     *
     * @param window how long it will be
     */
    void begin(Duration window) {
        long seconds = Math.max(1, window.toSeconds());
        List<ProfileKind> ofStretch =
                kinds.stream().filter(kind -> !kind.isOfMoment()).toList();
        open = new CountDownLatch(pods.size() * ofStretch.size());
        Duration between = max(BETWEEN_LOOKS, window.dividedBy(MOST_LOOKS));
        pods.forEach((pod, pprof) -> kinds.forEach(kind -> {
            Timer timer = run.clock().timer("chaos-profile-" + kind + "-" + pod);
            if (kind.isOfMoment()) {
                looks.add(timer);
                timer.every(between.dividedBy(2), between, () -> take(pod, pprof, kind, seconds));
            } else {
                stretches.add(timer);
                timer.after(Duration.ZERO, () -> {
                    take(pod, pprof, kind, seconds);
                    open.countDown();
                });
            }
        }));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void take(String pod, PodProfiles pprof, ProfileKind kind, long seconds) {
        try {
            taken.add(new TakenProfile(pod, kind, pprof.take(kind, seconds)));
        } catch (IOException | RuntimeException e) {
            String which = (kind.isOfMoment() ? "Not every " : "No ") + kind + " profile of " + pod;
            missed.putIfAbsent(which, String.valueOf(e.getMessage()));
        }
    }

    /** The fault is lifted. */
    void windowEnds() {
        looks.forEach(Timer::close);
    }

    /** What was taken, once what is on its way has come, but no later than in 5 s. */
    Profiles await() throws InterruptedException {
        Clock clock = run.clock();
        clock.await(open, LATE);
        if (open.getCount() > 0) {
            run.findings()
                    .note("Profiles of the fault window that have not come within 5s of its end: " + open.getCount());
        }
        missed.forEach((which, why) -> run.findings().note(which + ": " + why));
        return new Profiles(taken);
    }

    /** Ask no more; an answer that is still to come is not read. */
    @Override
    public void close() {
        windowEnds();
        stretches.forEach(Timer::close);
    }
}
