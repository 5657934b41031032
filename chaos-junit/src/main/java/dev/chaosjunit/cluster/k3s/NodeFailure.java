// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Why a node does not start, in the words of whoever has to mend it. */
final class NodeFailure {
    /** What Testcontainers may wait for, and how to do without. */
    static final String OWN_IMAGES = "Testcontainers connects, and may pull images of its own (not with"
            + " TESTCONTAINERS_RYUK_DISABLED=true, TESTCONTAINERS_TINYIMAGE_CONTAINER_IMAGE=IMAGE)";

    private static final String HELP = "\n"
            + "Testcontainers starts containers of its own: testcontainers/ryuk, which cleans up, and inside of a"
            + " container a tiny one. Load their images, or set the environment variables\n"
            + "  TESTCONTAINERS_RYUK_DISABLED=true: nodes of JVMs that were killed are removed by the next one"
            + " anyway\n"
            + "  TESTCONTAINERS_TINYIMAGE_CONTAINER_IMAGE=IMAGE: any image that is there and has a shell";

    private NodeFailure() {}

    static RuntimeUnavailableException missing(String image, String said) {
        return new RuntimeUnavailableException("the node's image " + image
                + " is neither in this Docker Engine nor can it be pulled: " + said
                + "\nName another by chaos.k3s.image, load it beforehand, or build one with ./dev node-image");
    }

    static RuntimeUnavailableException notStarted(String image, Throwable failure) {
        String said = said(failure);
        return new RuntimeUnavailableException("the node does not start from image " + image + ": " + said
                + (isOfCleaner(failure) ? HELP : remedy(said.toLowerCase(Locale.ROOT))));
    }

    static RuntimeUnavailableException ownImages(Throwable failure) {
        return new RuntimeUnavailableException("Testcontainers cannot use the Docker Engine: " + said(failure) + HELP);
    }

    private static boolean isOfCleaner(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("/ryuk"));
    }

    /** Testcontainers wraps what the engine said several times; the innermost is what it said. */
    private static String said(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static String remedy(String said) {
        boolean privileges = said.contains("privileged")
                || said.contains("unable to apply caps")
                || said.contains("operation not permitted");
        return privileges
                ? "\nA node is a privileged container: this Docker Engine must allow docker run --privileged. Where it"
                        + " does not, run with chaos.runtime=local or against a cluster with chaos.runtime=kubeconfig"
                : "";
    }
}
