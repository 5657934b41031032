// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.image.HostPart;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.image.ImageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pod's own copy of its image's files. Pods see this machine's root, so that only what is looked for from the working
 * directory is found there; programs are run from where they were built.
 *
 * @param directory of the copy
 */
record ImageRoot(ImageContent content, Path directory) {

    /** Copy what is no program. */
    void write() {
        for (ImageFile file : content.files()) {
            if (!file.target().startsWith(ImageContent.PROGRAMS)) {
                copy(file.source(), inside(file.target()));
            }
        }
    }

    /** Where the program starts: {@code /} of this machine where the image has no files there. */
    Path workingDirectory() {
        Path own = inside(content.workingDir());
        return Files.isDirectory(own) ? own : Path.of("/");
    }

    /** A {@code PATH} that the programs are on which the first may run. */
    String path() {
        Stream<Path> programs = content.files().stream()
                .filter(file -> file.target().startsWith(ImageContent.PROGRAMS))
                .skip(1)
                .map(ImageFile::source);
        return Stream.concat(programs, content.host().map(HostPart::program).stream())
                .map(program -> program.getParent() + ":")
                .distinct()
                .collect(Collectors.joining("", "", ImageContent.PATH));
    }

    private Path inside(String target) {
        return directory.resolve(Path.of("/").relativize(Path.of(target)).toString());
    }

    private static void copy(Path source, Path target) {
        try {
            Files.createDirectories(target.getParent());
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + source + " to " + target, e);
        }
    }
}
