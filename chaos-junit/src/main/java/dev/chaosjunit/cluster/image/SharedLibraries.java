// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.cluster.ClusterException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a program is linked with, its loader among them: as {@code ldd} says. */
final class SharedLibraries {
    private static final Pattern PATH = Pattern.compile("(?m)(?:=> |^\\s+)(/\\S+) \\(0x");

    private SharedLibraries() {}

    /** Each by the path where the program looks for it; none where it is linked statically. */
    static List<ImageFile> of(Path executable) {
        Builder.Result result = Builder.run(Path.of("/"), List.of("ldd", executable.toString()), Map.of("LC_ALL", "C"));
        if (result.output().contains("not a dynamic executable")) {
            return List.of();
        }
        if (result.exitCode() != 0 || result.output().contains("=> not found")) {
            throw new ClusterException("the libraries of " + executable + " cannot be found out: ldd says "
                    + result.output().strip());
        }
        return PATH.matcher(result.output())
                .results()
                .map(found -> found.group(1))
                .map(path -> new ImageFile(Path.of(path), path, true))
                .toList();
    }
}
