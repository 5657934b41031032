// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTests {

    @Test
    @DisplayName("a request is its verb and its words, in the order given")
    void line() {
        Request request = Request.of("attach").with("id", "f1").with("latency_us", 5000);

        assertThat(request.toLine()).isEqualTo("attach id=f1 latency_us=5000");
        assertThat(request).hasToString(request.toLine());
    }

    @Test
    @DisplayName("with() leaves the request it is called on as it was")
    void immutable() {
        Request request = Request.of("stats");

        request.with("id", "f1");

        assertThat(request.toLine()).isEqualTo("stats");
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "f 1|f%201",
                "100%|100%25",
                "a=b|a%3Db",
                "2001:db8::/64,198.18.0.1/32|2001:db8::/64,198.18.0.1/32",
                "*.svc.cluster.local|*.svc.cluster.local",
                "naïve|na%C3%AFve",
            })
    @DisplayName("odd bytes of a value are escaped, and lists, addresses and wildcards stay readable")
    void escapes(String value, String escaped) {
        assertThat(Request.of("on").with("id", value).toLine()).isEqualTo("on id=" + escaped);
    }

    @Test
    @DisplayName("no value can end the line or forge a word")
    void noInjection() {
        String line = Request.of("on").with("id", "x\ndetach id=y\t\0\r").toLine();

        assertThat(line).isEqualTo("on id=x%0Adetach%20id%3Dy%09%00%0D");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b\tc\n%", "ünïcödé €", "%41", "plain", "", "a,b:c/d=e"})
    @DisplayName("unescaping gives back what was escaped")
    void roundTrip(String value) {
        assertThat(Escaping.unescape(Escaping.escape(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "100%"})
    @DisplayName("a percent sign that starts no escape is taken as it is")
    void lenient(String value) {
        assertThat(Escaping.unescape(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Attach", "at tach", "1on", "a=b", "on\n"})
    @DisplayName("a verb that is no lower-case word is refused")
    void badVerb(String verb) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Request.of(verb))
                .withMessageContaining("verb")
                .withMessageContaining("\"" + verb + "\"");
    }

    @Test
    @DisplayName("a key given twice is refused by name")
    void duplicateKey() {
        Request request = Request.of("on").with("id", "a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.with("id", "b"))
                .withMessageContaining("\"id\"")
                .withMessageContaining("on id=a");
    }
}
