// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A goroutine's stack as a dump has it, without what created the goroutine.
 *
 * @param frames innermost first
 */
public record GoStack(List<Frame> frames) {
    /** First elements of the standard library's packages; others' modules mostly have a dot there. */
    private static final Set<String> STANDARD = Set.of(
            ("archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag"
                            + " fmt go hash html image index internal io iter log maps math mime net os path plugin reflect"
                            + " regexp runtime slices sort strconv strings structs sync syscall testing text time unicode"
                            + " unique unsafe vendor weak")
                    .split(" "));

    private static final List<String> LIBRARIES = List.of("golang.org/x/", "google.golang.org/");

    /**
     * A call.
     *
     * @param function with its package: {@code net/http.(*conn).serve}
     * @param location file and line; empty where the dump has none
     */
    public record Frame(String function, String location) {
        boolean isStandard() {
            String first = function.split("/", 2)[0];
            return STANDARD.contains(first.split("\\.", 2)[0]);
        }

        boolean isLibrary() {
            return isStandard() || LIBRARIES.stream().anyMatch(function::startsWith);
        }
    }

    public GoStack {
        frames = List.copyOf(frames);
    }

    /** Read a stack; what is no frame is left out. */
    public static GoStack parse(String stack) {
        List<Frame> frames = new ArrayList<>();
        List<String> lines = stack.lines().toList();
        for (int i = 0; i < lines.size() && !lines.get(i).startsWith("created by "); i++) {
            int arguments = lines.get(i).lastIndexOf('(');
            if (arguments > 0 && !Character.isWhitespace(lines.get(i).charAt(0))) {
                frames.add(new Frame(lines.get(i).substring(0, arguments), location(lines, i + 1)));
            }
        }
        return new GoStack(frames);
    }

    private static String location(List<String> lines, int at) {
        boolean isOne = at < lines.size() && lines.get(at).startsWith("\t");
        return isOne ? lines.get(at).strip().replaceFirst(" \\+0x[0-9a-f]+$", "") : "";
    }

    /**
     * The frames from the one that a reader looks for on, which hangs: the innermost that is neither the standard library's
     * nor of golang.org/x and google.golang.org, where there is one, and the outermost where all is the standard library's.
     */
    public List<Frame> hanging() {
        return from(Frame::isLibrary)
                .or(() -> from(Frame::isStandard))
                .orElse(frames.subList(Math.max(0, frames.size() - 1), frames.size()));
    }

    private Optional<List<Frame>> from(Predicate<Frame> skipped) {
        for (int i = 0; i < frames.size(); i++) {
            if (!skipped.test(frames.get(i))) {
                return Optional.of(frames.subList(i, frames.size()));
            }
        }
        return Optional.empty();
    }

    /** Whether a function of this name is in it. */
    public boolean has(String function) {
        return frames.stream().anyMatch(frame -> frame.function().equals(function));
    }
}
