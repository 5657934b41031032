// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * An image of the manifests and the Go packages it is built from.
 *
 * @param name the image's name in the manifests
 * @param main Go packages, one at least, a path such as {@code ./cmd/user-api} or {@code module/path@version} to be
 *     fetched; the first is what the image runs
 * @param directory where {@code go build} runs, unless for a versioned package, and where files are looked for
 * @param files globs of what else the image holds, from the directory; each file keeps its relative path
 * @param workingDir where in the image the files are and its program starts, absolute
 * @param flags of the build
 */
public record GoImageSpec(
        String name, List<String> main, Path directory, List<String> files, String workingDir, GoFlags flags)
        implements ImageSpec {

    public GoImageSpec {
        main = List.copyOf(main);
        files = List.copyOf(files);
        if (main.isEmpty() || main.stream().anyMatch(GoImageSpec::isNoPackage)) {
            throw new IllegalArgumentException("main must name Go packages one by one, such as \"./cmd/user-api\" or"
                    + " \"example.org/shop/cmd/cart@v1.2.0\", not " + main);
        }
        if (Set.copyOf(programs(name, main)).size() < main.size()) {
            throw new IllegalArgumentException(
                    "main must name programs of different names, not " + programs(name, main) + " of " + main);
        }
        if (!workingDir.startsWith("/") || List.of(workingDir.split("/")).contains("..")) {
            throw new IllegalArgumentException(
                    "workingDir must be a path from the image's root, such as \"/app\", not \"" + workingDir + "\"");
        }
        files.forEach(GoImageSpec::checkGlob);
    }

    /** An image of one program and nothing else. */
    public GoImageSpec(String name, String main, Path directory) {
        this(name, List.of(main), directory, List.of(), "/", GoFlags.NONE);
    }

    /** The elements, other than name, package and directory, that only a build heeds and that say something. */
    public List<String> buildOnly() {
        List<String> said = new ArrayList<>(flags.elements());
        if (!files.isEmpty()) {
            said.add("files");
        }
        if (!workingDir.equals("/")) {
            said.add("workingDir");
        }
        return said;
    }

    private static boolean isNoPackage(String text) {
        return text.isBlank() || text.startsWith("-") || text.contains("...");
    }

    private static void checkGlob(String glob) {
        if (glob.isBlank() || glob.startsWith("/") || List.of(glob.split("/")).contains("..")) {
            throw new IllegalArgumentException("files must be globs from the directory, such as \"templates/**\", and"
                    + " stay below it, not \"" + glob + "\"");
        }
        try {
            var unused = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("files \"" + glob + "\" is no glob: " + e.getDescription(), e);
        }
    }

    /**
     * The names of its programs, in order: as Go names them, or as the image where the package is the directory
     * itself.
     */
    public List<String> programs() {
        return programs(name, main);
    }

    private static List<String> programs(String image, List<String> main) {
        return main.stream()
                .map(path -> path.replaceFirst("@.*", "").replaceFirst("/+$", ""))
                .map(path -> path.replaceFirst("/v[0-9]+$", "")) // a module's major version
                .map(path -> path.matches("(.*/)?\\.{0,2}") ? image.replaceFirst("(?<!^):[^/]*$", "") : path)
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toList();
    }

    /** Whether a package is fetched, whatever module the directory is in. */
    public static boolean isVersioned(String main) {
        return main.contains("@");
    }
}
