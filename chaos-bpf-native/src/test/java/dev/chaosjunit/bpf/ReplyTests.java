// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTests {

    @Test
    @DisplayName("an ok line gives its words, unescaped and in order")
    void ok() throws HelperException {
        Reply reply = Reply.parse("ok mode=on seen=12 rt=no:EPERM:not%20root empty=");

        assertThat(reply.values())
                .containsExactly(
                        entry("mode", "on"), entry("seen", "12"), entry("rt", "no:EPERM:not root"), entry("empty", ""));
        assertThat(reply.number("seen")).isEqualTo(12);
        assertThat(reply.text("mode")).isEqualTo("on");
    }

    @Test
    @DisplayName("an ok line may have no words")
    void bare() throws HelperException {
        assertThat(Reply.parse("ok").values()).isEmpty();
    }

    @Test
    @DisplayName("a missing key is named, together with the keys there are")
    void missing() throws HelperException {
        Reply reply = Reply.parse("ok mode=on seen=12");

        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> reply.number("hit"))
                .withMessageContaining("\"hit\"")
                .withMessageContaining("mode, seen");
    }

    @Test
    @DisplayName("a value that is no number is quoted with its key")
    void noNumber() throws HelperException {
        Reply reply = Reply.parse("ok hit=many");

        assertThatExceptionOfType(NumberFormatException.class)
                .isThrownBy(() -> reply.number("hit"))
                .withMessageContaining("\"hit\"")
                .withMessageContaining("many");
    }

    @Test
    @DisplayName("counters keep their order, and a name may hold colons")
    void counts() throws HelperException {
        Reply reply = Reply.parse("ok err_hist=0:7,10:2,1000:1 peers=2001:db8::1:443/tcp:12,10.0.0.1:53/udp:3 names=");

        assertThat(reply.counts("err_hist")).containsExactly(entry("0", 7L), entry("10", 2L), entry("1000", 1L));
        assertThat(reply.counts("peers"))
                .containsExactly(entry("2001:db8::1:443/tcp", 12L), entry("10.0.0.1:53/udp", 3L));
        assertThat(reply.counts("names")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a:", "a:b", "a:1,b"})
    @DisplayName("a counter without a count is refused")
    void badCount(String list) throws HelperException {
        Reply reply = Reply.parse("ok names=" + list);

        assertThatExceptionOfType(NumberFormatException.class)
                .isThrownBy(() -> reply.counts("names"))
                .withMessageContaining("\"names\"");
    }

    @Test
    @DisplayName("an error line becomes an exception with code, errno and the helper's own words")
    void error() {
        HelperException e = catchThrowableOfType(
                HelperException.class,
                () -> Reply.parse("error code=denied errno=EPERM msg=setns%20to%20pid%2012%20failed"));

        assertThat(e.code()).isEqualTo("denied");
        assertThat(e.errno()).isEqualTo("EPERM");
        assertThat(e).hasMessage("setns to pid 12 failed (EPERM)");
    }

    @Test
    @DisplayName("errno=0 and an errno that the message names already are not repeated")
    void errnoNotRepeated() {
        assertThatExceptionOfType(HelperException.class)
                .isThrownBy(() -> Reply.parse("error code=unknown_id errno=0 msg=no%20fault%20f9"))
                .withMessage("no fault f9");
        assertThatExceptionOfType(HelperException.class)
                .isThrownBy(() -> Reply.parse("error code=failed errno=EBUSY msg=link:%20EBUSY"))
                .withMessage("link: EBUSY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "okay", "ready version=3 pid=3", "ok seen", "ok =1", "Segmentation fault"})
    @DisplayName("anything else is quoted as no reply")
    void unreadable(String line) {
        HelperException e = catchThrowableOfType(HelperException.class, () -> Reply.parse(line));

        assertThat(e.code()).isEqualTo(HelperException.BAD_REPLY);
        assertThat(e).hasMessageContaining("\"" + line + "\"");
    }
}
