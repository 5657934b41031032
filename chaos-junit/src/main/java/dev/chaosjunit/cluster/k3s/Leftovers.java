// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * Nodes whose JVM was killed. Its connections ended with it, and with them every agent in its nodes: a node without one
 * belongs to nobody. So this needs no clean-up container, and no process numbers that mean nothing elsewhere.
 */
final class Leftovers {
    /** A node gets its agent right after its start; a machine may be slow. */
    private static final Duration YOUNG = Duration.ofSeconds(20);

    private final DockerClient docker;

    Leftovers(DockerClient docker) {
        this.docker = docker;
    }

    /** Remove them, with their volumes. */
    void remove() {
        docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(NodeContainer.LABEL)).exec().stream()
                .filter(this::isAbandoned)
                .forEach(this::remove);
    }

    private boolean isAbandoned(Container container) {
        if (isYoung(container.getCreated(), now())) {
            return false;
        }
        try {
            return !hasAgent(docker.topContainerCmd(container.getId()).exec().getProcesses());
        } catch (ConflictException e) {
            return true; // it does not run any more
        } catch (NotFoundException e) {
            return false; // somebody else was quicker
        }
    }

    /** By the engine's clock, which also dated the container. */
    private Instant now() {
        String time = docker.infoCmd().exec().getSystemTime();
        return time == null ? Instant.now() : OffsetDateTime.parse(time).toInstant();
    }

    /** Whether a node may be without an agent because it has only just been made. */
    static boolean isYoung(long createdSecond, Instant now) {
        return Instant.ofEpochSecond(createdSecond).plus(YOUNG).isAfter(now);
    }

    /** Whether somebody keeps a node, by the words of its processes. */
    static boolean hasAgent(String[][] processes) {
        return Stream.of(processes).flatMap(Stream::of).anyMatch(word -> word.contains(NodeContainer.AGENT));
    }

    private void remove(Container container) {
        System.getLogger(Leftovers.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "removing the node {0}, whose JVM was killed",
                        List.of(container.getNames()));
        try {
            docker.removeContainerCmd(container.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (DockerException e) {
            System.getLogger(Leftovers.class.getName())
                    .log(System.Logger.Level.WARNING, "it cannot be removed: {0}", e.getMessage());
        }
    }
}
