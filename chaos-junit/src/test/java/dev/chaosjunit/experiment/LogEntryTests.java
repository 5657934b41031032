// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogEntryTests {
    private static LogEntry parsed(String line) {
        return LogEntry.parse(line).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'level':'warn','ts':1700000000.5,'msg':'no','error':'gone','trace_id':'4BF9'}",
                "{'time':'2023-11-14T22:13:20.5Z','level':'WARN','msg':'no','err':'gone','traceId':'4bf9'}",
                "{'ts':'2023-11-14T23:13:20.500+0100','level':'warning','message':'no','error':'gone','trace_id':'4bf9'}"
            })
    @DisplayName("zap, slog, logrus and zerolog are understood")
    void loggers(String line) {
        LogEntry entry = parsed(line.replace('\'', '"'));

        assertThat(entry.trace()).isEqualTo("4bf9");
        assertThat(entry.message()).isEqualTo("no");
        assertThat(entry.error()).isEqualTo("gone");
        assertThat(entry.nanos()).isEqualTo(1_700_000_000_500_000_000L);
        assertThat(entry.isGrave()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "panic: boom", "{", "{\"msg\":\"half a li", "{not json}", "[1]", "{\"a\":1} {\"b\""})
    @DisplayName("a line that is no object is none")
    void none(String line) {
        assertThat(LogEntry.parse(line)).isEmpty();
    }

    @Test
    @DisplayName("a huge line, or one that is nested without end, is left alone")
    void huge() {
        assertThat(LogEntry.parse("{\"msg\":\"" + "x".repeat(200_000) + "\"}")).isEmpty();
        assertThat(LogEntry.parse("{\"a\":" + "[".repeat(40_000) + "]".repeat(40_000) + "}"))
                .isEmpty();
    }

    @Test
    @DisplayName("nested fields are no ids, and are shown as they are written")
    void nested() {
        LogEntry entry =
                parsed("{\"trace_id\":{\"id\":\"4bf9\"},\"http\":{\"traceId\":\"4bf9\"},\"error\":{\"code\":5}}");

        assertThat(entry.trace()).isEmpty();
        assertThat(entry.error()).isEqualTo("{\"code\":5}");
    }

    @Test
    @DisplayName("an id that is no text is none, and the next name is looked at")
    void otherIds() {
        assertThat(parsed("{\"trace_id\":17,\"chaos_id\":null}").trace()).isEmpty();
        assertThat(parsed("{\"trace_id\":17,\"traceId\":\"4bf9\"}").trace()).isEqualTo("4bf9");
        assertThat(parsed("{\"chaos_id\":true,\"chaos.id\":\"T.t/fault\"}").chaosId())
                .isEqualTo("T.t/fault");
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000, 1700000000000000000",
        "1.7000000005E9, 1700000000500000000",
        "1700000000500, 1700000000500000000",
        "1700000000500000, 1700000000500000000",
        "1700000000500000000, 1700000000500000000",
        "yesterday, 0",
        "12-34, 0",
        "1E999, 0",
        "0.003, 0"
    })
    @DisplayName("times are seconds, or what their digits say; 0 for what is none")
    void times(String text, long nanos) {
        assertThat(LogTime.nanos(text)).isEqualTo(nanos);
    }
}
