// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.image.HostPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a pod sees of this machine whose program is this machine's: programs and libraries, read-only. */
final class HostFiles {

    private static final List<String> DIRECTORIES =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives");

    private static final Path LIBRARY_CACHE = Path.of("/etc/ld.so.cache");

    private HostFiles() {}

    /**
     * All of them, and a {@code /tmp} that outlives the program, as its pod is prepared once.
     *
     * @param kept that directory
     * @param readOnly whether the pod has none, nor another place to write to
     */
    static List<RootFile> of(HostPart host, Path kept, boolean readOnly) {
        List<RootFile> files = new ArrayList<>();
        Stream.of(
                        DIRECTORIES.stream().map(Path::of).filter(Files::isDirectory),
                        Stream.of(LIBRARY_CACHE).filter(Files::isRegularFile))
                .flatMap(paths -> paths)
                .forEach(path -> files.add(RootFile.bind(path, path.toString())));
        Path around = host.program().toAbsolutePath().getParent();
        if (around != null && DIRECTORIES.stream().noneMatch(around::startsWith)) {
            files.add(RootFile.bind(around, around.toString()));
        }
        if (!readOnly) {
            files.add(RootFile.share(kept, "/tmp"));
        }
        return files;
    }
}
