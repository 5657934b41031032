// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a container of an image finds, and what it runs.
 *
 * @param files those of the image, its programs among them
 * @param entrypoint the program, by its path in the image, and its first arguments
 * @param workingDir where it starts, absolute
 * @param host what of it is this machine's: then the program's path is one of this machine
 * @param machineFiles whether it finds what programs expect of a base image below its own files
 */
public record ImageContent(
        List<ImageFile> files,
        List<String> entrypoint,
        String workingDir,
        Optional<HostPart> host,
        boolean machineFiles) {
    /** Where programs are. */
    public static final String PROGRAMS = "/usr/local/bin/";

    /** What {@code PATH} is, unless the manifests say otherwise. */
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** The uid of one that must not be root's, as the manifest says, and has no other. */
    public static final int NON_ROOT = 65532;

    public ImageContent {
        files = List.copyOf(files);
        entrypoint = List.copyOf(entrypoint);
    }

    /** One that holds its program itself. */
    public ImageContent(List<ImageFile> files, List<String> entrypoint, String workingDir) {
        this(files, entrypoint, workingDir, Optional.empty(), false);
    }

    /** The same with certificates and time zones of this machine, where it has none of its own. */
    public ImageContent withMachineFiles() {
        return new ImageContent(files, entrypoint, workingDir, host, true);
    }

    /** Where the programs of images are on this machine, under the same keys. */
    public static Map<String, Path> programs(Map<String, ImageContent> images) {
        return images.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, image -> image.getValue().program()));
    }

    /** Where its program is on this machine. */
    public Path program() {
        return host.map(HostPart::program).orElseGet(() -> source(entrypoint.get(0)));
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
