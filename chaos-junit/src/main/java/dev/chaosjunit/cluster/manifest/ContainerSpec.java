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
}
