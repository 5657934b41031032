// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A goroutine dump")
class GoroutineDumpTests {

    @Test
    @DisplayName("of a program that leaks on a channel send has the leaked goroutines in one group")
    void leak() {
        GoroutineDump dump = Dumps.recorded("leak-on-chan-send.txt");

        assertThat(dump.goroutines()).hasSize(4);
        assertThat(dump.groups()).containsOnlyKeys(Goroutine.MAIN, "main.leakOnSend");
        assertThat(dump.groups().get("main.leakOnSend")).hasSize(3).allSatisfy(goroutine -> {
            assertThat(goroutine.state()).isEqualTo("chan send");
            assertThat(goroutine.leaked()).isTrue();
            assertThat(goroutine.stuck()).isTrue();
            assertThat(goroutine.stack()).startsWith("main.leakOnSend.func1()").contains("main.go:16");
        });
        assertThat(dump.goroutines()).extracting(Goroutine::id).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("of a program that is blocked on a mutex has its goroutines stuck")
    void mutex() {
        GoroutineDump dump = Dumps.recorded("blocked-on-mutex.txt");

        assertThat(dump.groups().get("main.blockOnMutex")).hasSize(2).allSatisfy(goroutine -> {
            assertThat(goroutine.state()).isEqualTo("sync.Mutex.Lock");
            assertThat(goroutine.stuck()).isTrue();
            assertThat(goroutine.leaked()).isFalse();
        });
    }

    @Test
    @DisplayName(
            "of a healthy HTTP server and client counts the client's idle connection by itself, and the server's not")
    void keepAlive() {
        GoroutineDump dump = Dumps.recorded("keep-alive.txt");

        assertThat(dump.groups())
                .containsOnlyKeys(Goroutine.MAIN, "main.main", "net/http.(*Transport).dialConn, idle connections");
        assertThat(dump.goroutines()).hasSize(5).noneMatch(Goroutine::stuck);
    }

    @Test
    @DisplayName("does not have the request that it was asked for by, and does not count what net/http started for it")
    void asked() {
        GoroutineDump dump = Dumps.recorded("asked-over-http.txt");

        assertThat(dump.goroutines()).extracting(Goroutine::createdBy).doesNotContain("net/http.(*Server).Serve");
        assertThat(dump.groups()).containsOnlyKeys(Goroutine.MAIN, "ordinary/kinds.Serve");
        assertThat(dump.groups().get("ordinary/kinds.Serve")).hasSize(2); // one accepts, so does gRPC's
    }

    @Test
    @DisplayName("keeps a call that waits for a silent peer")
    void ioWait() {
        assertThat(Dumps.recorded("io-wait.txt").groups().get("main.main"))
                .extracting(Goroutine::state)
                .containsExactly("IO wait");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "goroutine 7 [running]: | 7 | running | 0 | false",
                "goroutine 7 [chan receive, 12 minutes]: | 7 | chan receive | 12 | false",
                "goroutine 7 [select, 3 minutes, locked to thread]: | 7 | select | 3 | false",
                "goroutine 7 [syscall, locked to thread]: | 7 | syscall | 0 | false",
                "goroutine 7 [chan send (leaked)]: | 7 | chan send | 0 | true",
                "goroutine 7 [chan send (nil chan) (leaked)]: | 7 | chan send (nil chan) | 0 | true",
                "goroutine 7 [chan receive (durable), 1 minutes, synctest bubble 3]: | 7 | chan receive | 1 | false",
                "goroutine 7 [GC worker (idle) (scan)]: | 7 | GC worker (idle) | 0 | false",
                "goroutine 7 [select (no cases)]: | 7 | select (no cases) | 0 | false",
                "goroutine 7 gp=0xc0000 m=0 mp=0x5a1 [sync.Cond.Wait, 2 minutes]: | 7 | sync.Cond.Wait | 2 | false",
                "goroutine 7 [IO wait, 2 minutes labels:{\"k\": \"a, b]\"}]: | 7 | IO wait | 2 | false",
                "goroutine 7 [IO wait] {\"k\": \"v\"}: | 7 | IO wait | 0 | false",
                "goroutine 123456789012 [sleep]: | 123456789012 | sleep | 0 | false",
            })
    @DisplayName("is read in the forms of Go 1.18 to 1.27")
    void headers(String header, long id, String state, int minutes, boolean leaked) {
        Goroutine goroutine =
                only(header + "\nmain.f()\n\t/f.go:1 +0x1d\ncreated by main.g in goroutine 1\n\t/f.go:2\n");

        assertThat(goroutine.id()).isEqualTo(id);
        assertThat(goroutine.state()).isEqualTo(state);
        assertThat(goroutine.waitMinutes()).isEqualTo(minutes);
        assertThat(goroutine.leaked()).isEqualTo(leaked);
        assertThat(goroutine.createdBy()).isEqualTo("main.g");
    }

    @Test
    @DisplayName("names the creator as Go before 1.21 wrote it, generic or not, and never an ancestor's")
    void creators() {
        assertThat(only("goroutine 1 [sleep]:\nmain.f()\n\t/f.go:1\ncreated by main.g\n\t/f.go:2\n")
                        .createdBy())
                .isEqualTo("main.g");
        assertThat(only("goroutine 1 [sleep]:\nmain.f()\n\t/f.go:1\ncreated by main.run[...].func1 in goroutine 6\n")
                        .createdBy())
                .isEqualTo("main.run[...].func1");
        assertThat(
                        only("goroutine 1 [sleep]:\nmain.main()\n\t/f.go:1\n[originating from goroutine 9]:\ncreated by x.y\n")
                                .createdBy())
                .isEqualTo(Goroutine.MAIN);
    }

    @Test
    @DisplayName("is refused when there is no goroutine in it, quoting its start")
    void noDump() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoroutineDump.parse("<html>not found</html>"))
                .withMessageContaining("<html>not found");
        assertThatIllegalArgumentException().isThrownBy(() -> GoroutineDump.parse(""));
    }

    private static Goroutine only(String text) {
        GoroutineDump dump = GoroutineDump.parse(text);
        assertThat(dump.goroutines()).hasSize(1);
        return dump.goroutines().get(0);
    }
}
