// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.chaosjunit.result.LogLine;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FailedRequestLogTests {
    private static final String ID = "T.t/fault";

    private static String line(int second, String level, String trace, String message) {
        return String.format(
                "{\"ts\":%d,\"level\":\"%s\",\"msg\":\"%s\",\"trace_id\":\"%s\",\"chaos_id\":\"%s\"}",
                second, level, message, trace, ID);
    }

    private static FailedRequestLog log(List<String> gateway, List<String> users) {
        return new FailedRequestLog(new TreeMap<>(Map.of("gateway-0", gateway, "user-api-0", users)));
    }

    @Test
    @DisplayName("a failed request's lines are of all pods, in the order of time")
    void traced() {
        FailedRequestLog log = log(
                List.of("started", line(12, "error", "aa", "third"), line(13, "info", "bb", "another")),
                List.of(line(10, "info", "aa", "first"), "{\"half", line(11, "warn", "aa", "second")));

        assertThat(log.ofTraces(List.of("cc", "aa", "bb")))
                .extracting(LogLine::of, LogLine::describe)
                .containsExactly(
                        tuple("trace aa", "user-api-0: info first"),
                        tuple("trace aa", "user-api-0: warn second"),
                        tuple("trace aa", "gateway-0: error third"));
    }

    @Test
    @DisplayName("no more than eight lines, and none where no line tells of the requests")
    void bounds() {
        FailedRequestLog log = log(Collections.nCopies(20, line(1, "warn", "aa", "again")), List.of());

        assertThat(log.ofTraces(List.of("aa"))).hasSize(8);
        assertThat(log.ofTraces(List.of("bb"))).isEmpty();
        assertThat(log.ofTraces(List.of())).isEmpty();
    }

    @Test
    @DisplayName("by the chaos id it is the request of the first warning, not one that went well")
    void marked() {
        FailedRequestLog log = log(
                List.of(line(1, "info", "aa", "well"), line(4, "error", "bb", "failed")),
                List.of(
                        line(2, "info", "bb", "asked"),
                        line(3, "warn", "bb", "no answer"),
                        line(5, "warn", "cc", "no")));

        assertThat(log.ofChaosId(ID)).extracting(LogLine::message).containsExactly("asked", "no answer", "failed");
        assertThat(log.ofChaosId("T.other/fault")).isEmpty();
    }

    @Test
    @DisplayName("where lines name no trace, warnings and errors with the chaos id are shown")
    void untraced() {
        assertThat(log(
                                List.of(line(1, "info", "", "well"), line(2, "warn", "", "no")),
                                List.of(line(3, "error", "", "gone")))
                        .ofChaosId(ID))
                .extracting(LogLine::message)
                .containsExactly("no", "gone");
    }

    @Test
    @DisplayName("a line without a time stands behind the one before it")
    void timeless() {
        FailedRequestLog log = log(
                List.of(line(5, "warn", "aa", "one"), "{\"msg\":\"two\",\"trace_id\":\"aa\"}"),
                List.of(line(3, "warn", "aa", "zero"), line(9, "warn", "aa", "three")));

        assertThat(log.ofTraces(List.of("aa")))
                .extracting(LogLine::message)
                .containsExactly("zero", "one", "two", "three");
    }

    @Test
    @DisplayName("a line is cut to 200 characters, and is one line")
    void cut() {
        String long300 = log(List.of(line(1, "warn", "aa", "a\\nb" + "x".repeat(300))), List.of())
                .ofTraces(List.of("aa"))
                .get(0)
                .describe();

        assertThat(long300).hasSize(200).startsWith("gateway-0: warn a bxxx").endsWith("x...");
    }
}
