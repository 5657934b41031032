// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.List;

/** Services, brought up and ready; closing it takes everything away that it made. */
public interface Cluster extends AutoCloseable {

    /** What runs here and where, for messages and the report: {@code "local: 4 pods in 198.18.3.0/24"}. */
    String describe();

    /** The pods that run now; a pod that ended is not among them. */
    List<Instance> instances();

    /** All Services of the manifests. */
    List<ServiceEndpoint> services();

    /** The last lines that a pod printed, also after it ended. */
    List<String> log(String instance, int lines);

    /** What must stand before the helper's command line: empty as root, {@code sudo -n} otherwise. */
    List<String> privilege();

    @Override
    void close();
}
