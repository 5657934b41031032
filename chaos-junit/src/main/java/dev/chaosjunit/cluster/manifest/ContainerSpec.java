// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.List;

/**
 * A container of a pod.
 *
 * @param image the image's name as the manifest writes it
 * @param command in place of the image's entrypoint, with {@code $(VARIABLE)} not yet replaced; empty for the image's
 * @param args arguments of the command, likewise
 * @param workingDir absolute; empty for the image's
 * @param env variables, a later one of the same name in place of an earlier one
 * @param ports the ports it says it listens on
 * @param mounts where it sees the pod's volumes
 * @param probes what it is asked; none for init containers
 * @param security as whom it runs
 * @param limits what it may use
 */
public record ContainerSpec(
        String name,
        String image,
        List<String> command,
        List<String> args,
        String workingDir,
        List<EnvVar> env,
        List<ContainerPort> ports,
        List<VolumeMount> mounts,
        Probes probes,
        Security security,
        Limits limits) {

    public ContainerSpec {
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = List.copyOf(env);
        ports = List.copyOf(ports);
        mounts = List.copyOf(mounts);
    }

    /** The same with other variables. */
    public ContainerSpec with(List<EnvVar> others) {
        return new ContainerSpec(
                name, image, command, args, workingDir, others, ports, mounts, probes, security, limits);
    }
}
