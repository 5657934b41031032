// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.observe.trace.Span;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What pods print of requests. */
final class LogLines {
    private LogLines() {}

    /** Each line that names one of the requests of some spans carries an id. */
    static void assertCarry(String id, List<Span> spans, ChaosRun run) {
        Set<String> requests =
                spans.stream().map(span -> span.trace().toString()).collect(Collectors.toSet());
        List<String> ours = run.pods().stream()
                .flatMap(pod -> run.log(pod.title(), 1_000).stream())
                .filter(line -> requests.stream().anyMatch(line::contains))
                .toList();
        assertThat(ours).allSatisfy(line -> assertThat(line).contains("\"chaos_id\":\"" + id + "\""));
    }
}
