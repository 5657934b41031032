// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoImageSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that an image's globs name. */
final class ImageFiles {
    private static final Pattern SPECIAL = Pattern.compile("[*?\\[{\\\\]");

    private final GoImageSpec image;
    private final Path root;

    ImageFiles(GoImageSpec image) {
        this.image = image;
        this.root = image.directory();
    }

    /**
     * Each once, by its path in the image.
     *
     * @throws ClusterException when a glob names none
     */
    List<ImageFile> find() {
        Map<String, ImageFile> found = new TreeMap<>();
        for (String glob : image.files()) {
            List<Path> matching = matching(glob);
            if (matching.isEmpty()) {
                throw new ClusterException("image " + image.name() + ": files \"" + glob + "\" names no file below "
                        + root + "; those of a directory are named \"directory/**\"");
            }
            for (Path file : matching) {
                String target = Path.of(
                                image.workingDir(), root.relativize(file).toString())
                        .normalize()
                        .toString();
                found.put(target, new ImageFile(file, target, Files.isExecutable(file)));
            }
        }
        return found.values().stream()
                .sorted(Comparator.comparing(ImageFile::target))
                .toList();
    }

    private List<Path> matching(String glob) {
        Path start = start(glob);
        if (!Files.exists(start)) {
            return List.of();
        }
        // as people mean it: nothing at all may stand for the directories
        Stream<PathMatcher> matchers = Stream.of(glob, glob.replace("**/", ""))
                .distinct()
                .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern));
        PathMatcher matcher = matchers.reduce((one, other) -> path -> one.matches(path) || other.matches(path))
                .orElseThrow();
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(root.relativize(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("image " + image.name() + ": cannot look for files in " + start, e);
        }
    }

    /** The directory that the glob names before anything may vary, so as not to look through a whole checkout. */
    private Path start(String glob) {
        Path start = root;
        for (String part : List.of(glob.split("/"))) {
            if (SPECIAL.matcher(part).find()) {
                return start;
            }
            start = start.resolve(part);
        }
        return start;
    }
}
