// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

/**
 * What a variable or a file holds. References to ConfigMaps, Secrets, labels and limits are resolved when manifests are
 * read.
 */
public sealed interface Value {

    /**
     * As the manifest writes it.
     *
     * @param text with {@code $(VARIABLE)} not yet replaced
     */
    record Literal(String text) implements Value {

        /** It may be a password. */
        @Override
        public String toString() {
            return "Literal";
        }
    }

    /** From a ConfigMap, a Secret or the manifest itself; nothing in it is replaced. */
    record Verbatim(Content content) implements Value {
        public static Verbatim of(String text) {
            return new Verbatim(Content.of(text));
        }
    }

    /** A field of the pod that is known only when it starts. */
    enum PodField implements Value {
        NAME,
        UID,
        IP,
        NODE_NAME,
        NODE_IP
    }
}
