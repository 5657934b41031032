// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodEnd;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ends of a run's containers, as their pods' statuses tell of them: each once, and those only that nobody asked for. */
final class ContainerEnds {
    /** What a status says of when is in whole seconds, and it comes later than that; more would be another clock's doing. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final long LOG_SECONDS = 5;
    private static final Set<String> PLAIN = Set.of("Error", "Completed");

    private final Function<Ended, CompletableFuture<List<String>>> lastWords;
    private final Function<Ended, CompletableFuture<String>> failedProbe;
    private final Set<String> known = new HashSet<>();
    private final List<CompletableFuture<PodEnd>> ends = new ArrayList<>();
    private final Set<String> uids = new HashSet<>();
    private boolean counting;

    /**
     * Collect.
     *
     * @param lastWords what a container printed last; asked at once, and not waited for
     * @param failedProbe which probe it was ended for, in words, empty for none; likewise
     */
    ContainerEnds(
            Function<Ended, CompletableFuture<List<String>>> lastWords,
            Function<Ended, CompletableFuture<String>> failedProbe) {
        this.lastWords = lastWords;
        this.failedProbe = failedProbe;
    }

    /** A container that ended. */
    record Ended(Pod pod, String container, ContainerStateTerminated state) {
        String id() {
            return pod.getMetadata().getUid() + " " + container + " " + state.getContainerID() + " "
                    + state.getFinishedAt();
        }

        Handle life() {
            String id = String.valueOf(state.getContainerID());
            return new Handle.Container(pod.getSpec().getNodeName(), id.replaceFirst("^[^:]*://", ""));
        }

        /** What a pod that restarts always should never do, and what is a failure in any other; deleting asks for both. */
        private boolean isUnasked() {
            boolean forEver = "Always".equals(pod.getSpec().getRestartPolicy());
            return pod.getMetadata().getDeletionTimestamp() == null && (forEver || state.getExitCode() != 0);
        }
    }

    /** From now on ends count; those so far were a start that took more than one attempt. */
    synchronized void count() {
        counting = true;
    }

    /** Look at a pod as it is now. */
    synchronized void seen(Pod pod) {
        long now = System.nanoTime();
        of(pod).filter(ended -> known.add(ended.id())).forEach(ended -> {
            if (counting && ended.isUnasked()) {
                uids.add(pod.getMetadata().getUid());
                ends.add(end(ended, now, Instant.now()));
            }
        });
    }

    private CompletableFuture<PodEnd> end(Ended ended, long nowNanos, Instant now) {
        long at = nowNanos - ago(ended.state().getFinishedAt(), now).toNanos();
        CompletableFuture<String> probe = failedProbe.apply(ended).completeOnTimeout("", LOG_SECONDS, TimeUnit.SECONDS);
        return lastWords
                .apply(ended)
                .completeOnTimeout(List.of("(its log did not come in time)"), LOG_SECONDS, TimeUnit.SECONDS)
                .thenCombine(
                        probe,
                        (printed, why) -> new PodEnd(
                                Instance.title(
                                        ended.pod().getMetadata().getNamespace(),
                                        ended.pod().getMetadata().getName()),
                                ended.pod().getMetadata().getUid(),
                                ended.container(),
                                ended.life(),
                                (why.isEmpty() ? "" : why + "; ") + how(ended.state()),
                                at,
                                HALF_A_SECOND,
                                printed,
                                false));
    }

    /** How long ago a moment was of which the seconds are known. */
    static Duration ago(@Nullable String finishedAt, Instant now) {
        try {
            Duration ago =
                    Duration.between(Instant.parse(String.valueOf(finishedAt)).plus(HALF_A_SECOND), now);
            return ago.isNegative() || ago.compareTo(LATE) > 0 ? Duration.ZERO : ago;
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    static String how(ContainerStateTerminated state) {
        String how = PodEnd.how(state.getExitCode());
        String reason = state.getReason() == null || PLAIN.contains(state.getReason()) ? "" : ", " + state.getReason();
        String message = state.getMessage() == null || state.getMessage().isBlank()
                ? ""
                : ": " + state.getMessage().strip();
        return how + reason + message;
    }

    private static Stream<Ended> of(Pod pod) {
        return pod.getStatus() == null
                ? Stream.empty()
                : pod.getStatus().getContainerStatuses().stream()
                        .flatMap(status -> states(status)
                                .flatMap(state -> Stream.ofNullable(state.getTerminated()))
                                .map(state -> new Ended(pod, status.getName(), state)));
    }

    /** The older one first. */
    private static Stream<ContainerState> states(ContainerStatus status) {
        return Stream.of(status.getLastState(), status.getState()).flatMap(Stream::ofNullable);
    }

    /** All so far; waits for what they printed last. */
    List<PodEnd> ends() {
        return copy().stream().map(CompletableFuture::join).toList();
    }

    /** Of the pods that ended, whichever are still there. */
    synchronized Set<String> uids() {
        return Set.copyOf(uids);
    }

    private synchronized List<CompletableFuture<PodEnd>> copy() {
        return List.copyOf(ends);
    }
}
