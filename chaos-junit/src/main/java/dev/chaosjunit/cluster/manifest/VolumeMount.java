// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

/**
 * A volume, or a part of it, in the files of a container.
 *
 * @param volume the name of a {@link Volume} of the pod
 * @param path where it is seen, absolute
 * @param subPath the file or directory of the volume that is seen, relative; empty for all of it
 * @param readOnly whether the container may not write to it
 */
public record VolumeMount(String volume, String path, String subPath, boolean readOnly) {}
