// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.cluster.GoImageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An empty module that requires an image's versioned packages: there they are built. {@code go install} would refuse
 * them where their own module replaces others, which matters to nobody but its authors.
 */
final class FetchedModule {
    /** Others, such as {@code latest}, may mean something else by tomorrow. */
    private static final Pattern VERSION = Pattern.compile(".*@v[0-9]+[.][0-9]+[.][0-9]+.*");

    private final List<String> packages;
    private final Path directory;
    private final GoTool tool;
    private boolean fetched;

    FetchedModule(GoImageSpec image, Path directory, Map<String, String> platform, Path scratch) {
        this.packages = image.main().stream().filter(GoImageSpec::isVersioned).toList();
        this.directory = directory;
        this.tool = new GoTool(image, directory, platform, scratch);
    }

    /** What builds in it; the packages are there. */
    GoTool tool() throws IOException {
        if (!fetched && !isFetched()) {
            fetch();
        }
        fetched = true;
        return tool;
    }

    private boolean isFetched() {
        return packages.stream().allMatch(main -> VERSION.matcher(main).matches())
                && Files.exists(directory.resolve("go.sum"));
    }

    private void fetch() throws IOException {
        Files.createDirectories(directory);
        Files.deleteIfExists(directory.resolve("go.mod"));
        Files.deleteIfExists(directory.resolve("go.sum"));
        tool.run(List.of("mod", "init", "chaos-junit.invalid/image"));
        Progress.of("go fetches " + String.join(", ", packages), () -> {
            tool.get(packages);
            return "fetched";
        });
    }
}
