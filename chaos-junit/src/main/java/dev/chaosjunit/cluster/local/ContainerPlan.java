// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the agent makes a container's process of.
 *
 * @param workingDir in the pod's root
 * @param environment {@code NAME=value}
 * @param command the program, by a path or for {@code PATH} to find, and its arguments
 * @param given files of volumes to be written first
 * @param limits what is written to files of cgroups: a path and a text each
 */
record ContainerPlan(
        String workingDir,
        ContainerRights rights,
        List<String> environment,
        List<String> command,
        List<RootFile> files,
        List<VolumeFile> given,
        List<VolumeView> volumes,
        List<String> limits) {

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    /** One for another command in the same container, whose files are there. */
    ContainerPlan running(List<String> other) {
        return new ContainerPlan(workingDir, rights, environment, other, List.of(), List.of(), List.of(), limits);
    }

    /** Write it for the agent, which removes it: nobody else reads what may be passwords. */
    void write(Path file) {
        StringBuilder text = new StringBuilder();
        words().forEach(word -> text.append(word).append('\0'));
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE));
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private Stream<String> words() {
        return Stream.of(
                        Stream.of(workingDir),
                        rights.words(),
                        counted(environment.stream()),
                        counted(command.stream()),
                        counted(files.stream().flatMap(RootFile::words)),
                        counted(given.stream().flatMap(VolumeFile::words)),
                        counted(volumes.stream().flatMap(VolumeView::words)),
                        counted(limits.stream()))
                .flatMap(part -> part);
    }

    /** How many, and then they themselves. */
    static Stream<String> counted(Stream<String> words) {
        List<String> all = words.toList();
        return Stream.concat(Stream.of(String.valueOf(all.size())), all.stream());
    }

    /** Its environment may be secret. */
    @Override
    public String toString() {
        return "ContainerPlan" + command.subList(0, 1);
    }
}
