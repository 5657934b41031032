// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a pod is not ready: its containers' states, its warnings, and the end of what it printed. */
public final class PodDiagnosis {
    private static final int SHOWN_LINES = 20;
    private static final int SHOWN_EVENTS = 5;

    /** Reasons that do not go away by themselves, or not before a test has lost its patience. */
    private static final Set<String> HOPELESS = Set.of(
            "CrashLoopBackOff",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /** What is said of a first pull that the next ones would only say again, some ten seconds later. */
    private static final Pattern NEVER_PULLED = Pattern.compile(
            "not found|no such host|connection refused|denied|forbidden|unauthorized|authorization failed",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> WITHOUT_IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName");

    private final KubernetesClient client;

    public PodDiagnosis(KubernetesClient client) {
        this.client = client;
    }

    /** Whether waiting for this pod is in vain. */
    public static boolean isHopeless(Pod pod) {
        return "Failed".equals(pod.getStatus().getPhase())
                || waiting(pod).anyMatch(state -> HOPELESS.contains(state.getReason()) || isNeverPulled(state));
    }

    private static boolean isNeverPulled(ContainerStateWaiting state) {
        return "ErrImagePull".equals(state.getReason())
                && state.getMessage() != null
                && NEVER_PULLED.matcher(state.getMessage()).find();
    }

    /** Whether its node has no image to run it from. */
    static boolean lacksImage(Pod pod) {
        return waiting(pod).anyMatch(state -> WITHOUT_IMAGE.contains(state.getReason()));
    }

    /** What is known of a pod, in as many lines as it takes. */
    public String describe(Pod pod) {
        StringBuilder text = new StringBuilder("pod ")
                .append(pod.getMetadata().getName())
                .append(": ")
                .append(state(pod));
        section(text, "nodes that do not take it", refusals(pod));
        section(text, "its events", events(pod));
        section(text, "it printed last", log(pod));
        return text.toString();
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n  ").append(title).append(":");
            lines.forEach(line -> text.append("\n    ").append(line));
        }
    }

    private static String state(Pod pod) {
        Stream<String> containers = statuses(pod).map(PodDiagnosis::state);
        Stream<String> conditions = pod.getStatus().getConditions().stream()
                .filter(condition -> "PodScheduled".equals(condition.getType()))
                .filter(condition -> !"True".equals(condition.getStatus()))
                .map(PodDiagnosis::state);
        String known = Stream.concat(conditions, containers).collect(Collectors.joining("; "));
        return known.isEmpty() ? phase(pod.getStatus()) : known;
    }

    /** With the kubelet's reason, as where a node has no room for one that no scheduler put there. */
    private static String phase(PodStatus status) {
        return "phase " + status.getPhase()
                + Stream.of(status.getReason(), status.getMessage())
                        .filter(said -> said != null && !said.isBlank())
                        .map(said -> ", " + said)
                        .collect(Collectors.joining());
    }

    private List<String> refusals(Pod pod) {
        if (pod.getSpec().getNodeName() != null) {
            return List.of();
        }
        try {
            return Placement.refusals(pod, client.nodes().list().getItems());
        } catch (KubernetesClientException e) {
            return List.of(); // a right of the whole cluster, which we do without
        }
    }

    private static String state(PodCondition condition) {
        return condition.getReason() + " (" + condition.getMessage() + ")";
    }

    private static String state(ContainerStatus status) {
        String name = "container " + status.getName() + " ";
        ContainerStateTerminated last = ended(status);
        String ended = last == null
                ? ""
                : ", ended with exit code " + last.getExitCode() + " (" + last.getReason() + ") after "
                        + status.getRestartCount() + " restarts";
        ContainerStateWaiting waiting =
                status.getState() == null ? null : status.getState().getWaiting();
        if (waiting != null) {
            String message = waiting.getMessage() == null ? "" : " (" + waiting.getMessage() + ")";
            return name + "waits: " + waiting.getReason() + message + ended;
        }
        return name + (Boolean.TRUE.equals(status.getReady()) ? "is ready" : "runs but is not ready") + ended;
    }

    private static @Nullable ContainerStateTerminated ended(ContainerStatus status) {
        if (status.getState() != null && status.getState().getTerminated() != null) {
            return status.getState().getTerminated();
        }
        return status.getLastState() == null ? null : status.getLastState().getTerminated();
    }

    private List<String> events(Pod pod) {
        try {
            List<Event> events = client.v1()
                    .events()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withField("involvedObject.uid", pod.getMetadata().getUid())
                    .list()
                    .getItems();
            return events.stream()
                    .skip(Math.max(0, events.size() - SHOWN_EVENTS))
                    .map(event -> event.getType() + " " + event.getReason() + ": " + event.getMessage())
                    .toList();
        } catch (KubernetesClientException e) {
            return List.of("they cannot be read: " + e.getMessage());
        }
    }

    /** Of the container that runs, or else of the one before it. */
    private List<String> log(Pod pod) {
        return Stream.of(false, true)
                .map(previous -> log(pod, previous))
                .flatMap(Optional::stream)
                .findFirst()
                .map(log -> log.lines().toList())
                .orElse(List.of());
    }

    private Optional<String> log(Pod pod, boolean previous) {
        try {
            var one = client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .inContainer(troubled(pod));
            String log = previous
                    ? one.terminated().tailingLines(SHOWN_LINES).getLog()
                    : one.tailingLines(SHOWN_LINES).getLog();
            return Optional.ofNullable(log).filter(text -> !text.isBlank());
        } catch (KubernetesClientException e) {
            return Optional.empty(); // there was no such container
        }
    }

    /** The container whose output tells most: the first that is not ready. */
    private static String troubled(Pod pod) {
        return statuses(pod)
                .filter(status -> !Boolean.TRUE.equals(status.getReady()))
                .map(ContainerStatus::getName)
                .findFirst()
                .orElse(pod.getSpec().getContainers().get(0).getName());
    }

    private static Stream<ContainerStateWaiting> waiting(Pod pod) {
        return statuses(pod)
                .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
                .map(status -> status.getState().getWaiting());
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return Stream.concat(
                pod.getStatus().getInitContainerStatuses().stream(), pod.getStatus().getContainerStatuses().stream());
    }
}
