// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

/** What stands behind an image name of the manifests. */
public sealed interface ImageSpec permits GoImageSpec, HostProgramSpec {

    /** The image's name; its tag may be left out. */
    String name();

    /** Whether the manifests mean it. */
    default boolean isMeantBy(String image) {
        int colon = image.lastIndexOf(':');
        return name().equals(image) || (colon > image.lastIndexOf('/') && name().equals(image.substring(0, colon)));
    }
}
