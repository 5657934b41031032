// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.kubernetes.ContainerEnds.Ended;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which probe a container ended of. Its status does not say that the kubelet ended it, and why; events do. */
final class ProbeKills {
    private static final Pattern KILLING =
            Pattern.compile("Container \\S+ failed (liveness|startup) probe, will be restarted");

    private ProbeKills() {}

    /** In words, {@code "its liveness probe failed: …"}; empty where it ended otherwise, or events cannot be read. */
    static String of(Ended ended, KubernetesClient client) {
        try {
            return of(
                    ended,
                    client.v1()
                            .events()
                            .inNamespace(ended.pod().getMetadata().getNamespace())
                            .withField(
                                    "involvedObject.uid",
                                    ended.pod().getMetadata().getUid())
                            .list()
                            .getItems());
        } catch (KubernetesClientException e) {
            return "";
        }
    }

    static String of(Ended ended, List<Event> events) {
        List<Event> own = events.stream()
                .filter(event -> ("spec.containers{" + ended.container() + "}")
                        .equals(event.getInvolvedObject().getFieldPath()))
                .filter(event -> isWithin(ended, event))
                .sorted(Comparator.comparing(Event::getLastTimestamp))
                .toList();
        return own.stream()
                .filter(event -> "Killing".equals(event.getReason()))
                .map(event -> KILLING.matcher(String.valueOf(event.getMessage())))
                .filter(Matcher::matches)
                .findFirst()
                .map(kill -> "its " + kill.group(1) + " probe failed" + why(kill.group(1), own))
                .orElse("");
    }

    private static String why(String probe, List<Event> events) {
        return events.stream()
                .filter(event -> "Unhealthy".equals(event.getReason()) && event.getMessage() != null)
                .map(Event::getMessage)
                .filter(message -> message.toLowerCase(Locale.ROOT).startsWith(probe + " probe "))
                .reduce((before, after) -> after)
                .map(message ->
                        ": " + message.substring(message.indexOf(':') + 1).strip())
                .orElse("");
    }

    /** Whether it happened while this container lived, and not the one before it. */
    private static boolean isWithin(Ended ended, Event event) {
        Optional<Instant> at = time(event.getLastTimestamp());
        Optional<Instant> from = time(ended.state().getStartedAt());
        return at.isPresent() && from.isPresent() && !at.get().isBefore(from.get());
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
