// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.List;

/** Files that a pod's containers share. */
public sealed interface Volume {

    /** The name that mounts refer to. */
    String name();

    /** Files given by the manifests (ConfigMap, Secret, projected, downwardAPI), read-only in every container. */
    record Files(String name, List<File> files) implements Volume {
        public Files {
            files = List.copyOf(files);
        }
    }

    /** A directory that is empty when the pod starts and lives as long as the pod, its restarts included. */
    record EmptyDir(String name) implements Volume {}

    /**
     * A directory that lives as long as the services, whatever becomes of its pods.
     *
     * @param claim the name of the PersistentVolumeClaim in the pod's namespace, or of a template of claims
     * @param ofEachPod whether it comes from a template, so that each pod has one of its own
     */
    record Claim(String name, String claim, boolean ofEachPod) implements Volume {

        /** The name of the claim that a pod uses; pods that share a name here share a directory. */
        public String of(String pod) {
            return ofEachPod ? claim + "-" + pod : claim;
        }
    }

    /**
     * One file.
     *
     * @param path relative to the volume
     * @param mode permissions, such as 0644
     * @param value what it holds: {@link Value.Verbatim} or a {@link Value.PodField}
     */
    record File(String path, int mode, Value value) {}
}
