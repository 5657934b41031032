// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one container of a pod.
 *
 * @param image the image's name as the manifest writes it
 * @param args arguments of the image's program, with {@code $(VARIABLE)} not yet replaced
 * @param env variables in the order of the manifest
 * @param ports the ports it says it listens on
 * @param readiness when a pod is ready; without one it is when its ports are open
 */
public record ContainerSpec(
        String image,
        List<String> args,
        List<EnvVar> env,
        List<ContainerPort> ports,
        @Nullable ReadinessProbe readiness) {

    public ContainerSpec {
        args = List.copyOf(args);
        env = List.copyOf(env);
        ports = List.copyOf(ports);
    }

    /**
     * A port a container listens on.
     *
     * @param name its name; the number as text when the manifest gives none
     * @param number 1 to 65535
     */
    public record ContainerPort(String name, int number) {}

    /**
     * A variable of the container's environment.
     *
     * @param name the variable's name
     * @param source where the value comes from
     * @param value the literal value; empty for the other sources
     */
    public record EnvVar(String name, Source source, String value) {

        /** A literal, or a field of the pod that is known only when it starts. */
        public enum Source {
            LITERAL,
            POD_NAME,
            POD_IP,
            NAMESPACE
        }
    }
}
