// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How {@code go build} is called, besides what the user's own Go settings say.
 *
 * @param buildFlags as typed, {@code -race} or {@code -gcflags=all=-N}
 * @param ldflags for the linker, may be empty
 * @param tags build constraints that are met
 * @param cgo whether C code is compiled in; the image then gets the libraries that the program is linked with
 */
public record GoFlags(List<String> buildFlags, String ldflags, List<String> tags, boolean cgo) {
    /** As Go does it by itself, without C. */
    public static final GoFlags NONE = new GoFlags(List.of(), "", List.of(), false);

    private static final Map<String, String> ELSEWHERE = Map.of(
            "-o", "where programs go is not the test's to say",
            "-C", "that is what directory is for",
            "-ldflags", "that is what ldflags is for",
            "-tags", "that is what tags is for");

    public GoFlags {
        buildFlags = List.copyOf(buildFlags);
        tags = List.copyOf(tags);
        buildFlags.forEach(GoFlags::check);
    }

    private static void check(String flag) {
        String name = flag.replaceFirst("^--", "-").replaceFirst("=.*", "");
        if (!name.startsWith("-") || name.contains(" ")) {
            throw new IllegalArgumentException("buildFlags must be flags of go build, each in one piece such as"
                    + " \"-race\" or \"-gcflags=all=-N\", not \"" + flag + "\"");
        }
        String why = ELSEWHERE.get(name);
        if (why != null) {
            throw new IllegalArgumentException("buildFlags must not hold " + name + ": " + why);
        }
    }

    /** Those that say something. */
    List<String> elements() {
        return Stream.of(
                        buildFlags.isEmpty() ? "" : "buildFlags",
                        ldflags.isEmpty() ? "" : "ldflags",
                        tags.isEmpty() ? "" : "tags",
                        cgo ? "cgo" : "")
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** What goes between {@code go build} and the packages. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("-trimpath"));
        if (!ldflags.isEmpty()) {
            arguments.add("-ldflags=" + ldflags);
        }
        if (!tags.isEmpty()) {
            arguments.add("-tags=" + String.join(",", tags));
        }
        arguments.addAll(buildFlags);
        return arguments;
    }
}
