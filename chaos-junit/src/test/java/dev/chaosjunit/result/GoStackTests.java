// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.result.GoStack.Frame;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A goroutine's stack")
class GoStackTests {

    @Test
    @DisplayName("hangs in the user's function, not in what that called, nor in what started it")
    void users() {
        GoStack stack = GoStack.parse("""
                sync.runtime_SemacquireMutex(0x0?, 0x80?, 0xc000?)
                \t/usr/local/go/src/runtime/sema.go:95 +0x25
                sync.(*Mutex).Lock(...)
                \tsync/mutex.go:46
                shop/internal/audit.(*Log[...]).Write(0xc0000140a0, {0x1, 0x2})
                \tshop/internal/audit/log.go:31 +0x1d
                golang.org/x/sync/errgroup.(*Group).Go.func1()
                \tgolang.org/x/sync@v0.7.0/errgroup/errgroup.go:78 +0x50
                created by golang.org/x/sync/errgroup.(*Group).Go in goroutine 19
                \tgolang.org/x/sync@v0.7.0/errgroup/errgroup.go:75 +0x96
                """);

        assertThat(stack.frames()).hasSize(4);
        assertThat(stack.hanging())
                .startsWith(new Frame("shop/internal/audit.(*Log[...]).Write", "shop/internal/audit/log.go:31"))
                .hasSize(2);
    }

    @Test
    @DisplayName(
            "hangs in a library of Google's where there is no function of anybody else's, then in the standard library")
    void libraries() {
        assertThat(GoStack.parse(
                                "bufio.(*Reader).Peek()\n\tb.go:1\ngoogle.golang.org/grpc.(*Server).Serve(0x1)\n\ts.go:2")
                        .hanging())
                .containsExactly(new Frame("google.golang.org/grpc.(*Server).Serve", "s.go:2"));
        assertThat(GoStack.parse(
                                "bufio.(*Reader).Peek()\n\tb.go:1\nnet/http.(*persistConn).readLoop(0x1)\n\tt.go:3 +0x1")
                        .hanging())
                .containsExactly(new Frame("net/http.(*persistConn).readLoop", "t.go:3"));
    }

    @Test
    @DisplayName("is empty where there is no frame")
    void none() {
        assertThat(GoStack.parse("").hanging()).isEmpty();
        assertThat(GoStack.parse("stack of 50").hanging()).isEmpty();
    }
}
