// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static java.util.Comparator.comparingInt;

import dev.chaosjunit.cluster.manifest.ManifestException;
import java.util.ArrayList;
import java.util.List;

/** What is to be said of manifests when all are read. */
final class Findings {
    static final String UNSUPPORTED = "is not supported by the local runtime";

    private static final String REMEDY =
            "Remove what is not supported, leave it out knowingly by @ChaosTest(ignore = …),"
                    + " or run with chaos.runtime=k3s";

    private final List<Problem> problems = new ArrayList<>();
    private final Places withoutEffect = new Places();
    private boolean unsupported;

    /** Say what is wrong with a field. */
    void problem(Place place, String reason) {
        problems.add(new Problem(place.origin(), place.line(), place + " " + reason));
    }

    void unsupported(Place place, String reason) {
        problem(place, reason);
        unsupported = true;
    }

    /** Say what is wrong with a file, or with no file at all. */
    void problem(String origin, int line, String text) {
        problems.add(new Problem(origin, line, text));
    }

    void withoutEffect(String name, Place place) {
        withoutEffect.add(name, place.position());
    }

    /** What can have no effect, and where it is. */
    List<String> withoutEffect() {
        return withoutEffect.lines();
    }

    /** Refuse the manifests if something is wrong with them. */
    void refuse() {
        if (problems.isEmpty()) {
            return;
        }
        List<String> lines = inOrder(problems);
        String said = lines.size() == 1
                ? lines.get(0)
                : lines.size() + " mistakes in the manifests:\n" + String.join("\n", lines);
        throw new ManifestException(unsupported ? said + "\n" + REMEDY : said, lines);
    }

    /** As a reader meets them: file by file, from top to bottom. */
    private static List<String> inOrder(List<Problem> found) {
        List<String> origins = found.stream().map(Problem::origin).distinct().toList();
        return found.stream()
                .sorted(comparingInt((Problem problem) -> origins.indexOf(problem.origin()))
                        .thenComparingInt(Problem::line))
                .map(Problem::text)
                .distinct()
                .toList();
    }

    private record Problem(String origin, int line, String text) {}
}
