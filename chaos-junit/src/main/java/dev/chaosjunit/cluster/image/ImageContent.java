// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import java.nio.file.Path;
import java.util.List;

/**
 * What a container of an image finds, and what it runs.
 *
 * @param files those of the image, its programs among them
 * @param entrypoint the program, by its path in the image, and its first arguments
 * @param workingDir where it starts, absolute
 */
public record ImageContent(List<ImageFile> files, List<String> entrypoint, String workingDir) {
    /** Where programs are. */
    public static final String PROGRAMS = "/usr/local/bin/";

    /** What {@code PATH} is, unless the manifests say otherwise. */
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public ImageContent {
        files = List.copyOf(files);
        entrypoint = List.copyOf(entrypoint);
    }

    /** Where what a path of the image names is on this machine. */
    public Path source(String target) {
        return files.stream()
                .filter(file -> file.target().equals(target))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the image holds no " + target))
                .source();
    }
}
