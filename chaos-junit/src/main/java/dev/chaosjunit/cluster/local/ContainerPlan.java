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
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the agent makes a container's process of.
 *
 * @param workingDir in the pod's root
 * @param user its uid
 * @param group its gid
 * @param capabilities that it may have at the most, a bit for each
 * @param environment {@code NAME=value}
 * @param command the program, by a path or for {@code PATH} to find, and its arguments
 */
record ContainerPlan(
        String workingDir,
        int user,
        int group,
        long capabilities,
        List<String> environment,
        List<String> command,
        List<RootFile> files) {

    /** By their numbers, those that containerd gives. */
    static final long DEFAULT_CAPABILITIES = Stream.of(0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)
            .mapToLong(number -> 1L << number)
            .sum();

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    /** Write it for the agent, which removes it: nobody else reads what may be passwords. */
    void write(Path file) {
        Stream<String> head =
                Stream.of(workingDir, String.valueOf(user), String.valueOf(group), Long.toHexString(capabilities));
        Stream<String> paths = files.stream()
                .flatMap(each -> Stream.of(
                        each.kind().name().toLowerCase(Locale.ROOT),
                        each.source().toString(),
                        each.target()));
        StringBuilder text = new StringBuilder();
        Stream.of(head, counted(environment), counted(command), counted(paths.toList()))
                .flatMap(part -> part)
                .forEach(word -> text.append(word).append('\0'));
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE));
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Stream<String> counted(List<String> words) {
        return Stream.concat(Stream.of(String.valueOf(words.size())), words.stream());
    }

    /** Its environment may be secret. */
    @Override
    public String toString() {
        return "ContainerPlan" + command.subList(0, 1);
    }
}
