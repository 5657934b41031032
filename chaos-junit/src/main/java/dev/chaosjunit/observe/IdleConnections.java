// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.result.GoStack;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Goroutines that only keep a connection of HTTP/1, HTTP/2 or gRPC, told by where they wait. How many a healthy service has
 * depends on how many calls once ran side by side. A call that hangs is seen by the goroutine that makes or serves it, and
 * a response body that nobody closes by its readLoop, which waits in a select.
 */
final class IdleConnections {
    private static final String GRPC = "google.golang.org/grpc/internal/transport.";

    /** HTTP/2 in the standard library, in that of later versions, and in golang.org/x/net. */
    private static final List<String> HTTP2 =
            List.of("net/http.(*http2", "net/http/internal/http2.(*", "golang.org/x/net/http2.(*");

    /** The last three are moments, of which a dump may see one. */
    private static final Set<String> READING = Set.of("IO wait", "runnable", "running", "syscall");

    private IdleConnections() {}

    /** Whether it reads for a client, which has one such goroutine a connection. */
    static boolean isClient(Goroutine goroutine) {
        if (!READING.contains(goroutine.state())) {
            return false;
        }
        GoStack stack = goroutine.frames();
        return (stack.has("net/http.(*persistConn).readLoop") && stack.has("bufio.(*Reader).Peek"))
                || http2(stack, "ClientConn).readLoop")
                || stack.has(GRPC + "(*http2Client).reader");
    }

    /** Whether it does anything else for a connection, for a client or a server. */
    static boolean isOther(Goroutine goroutine) {
        GoStack stack = goroutine.frames();
        if (stack.has("net/http.(*conn).serve") && !http2(stack, "serverConn).serve")) {
            return stack.frames().stream().noneMatch(frame -> frame.function().endsWith(".ServeHTTP"));
        }
        if (goroutine.createdBy().equals("net/http.(*connReader).startBackgroundRead")) {
            return true; // beside a handler, which counts
        }
        return switch (goroutine.state()) {
            case "select" -> isWaitingForWork(stack);
            case "sync.Cond.Wait" -> stack.has(GRPC + "(*http2Client).keepalive");
            default -> READING.contains(goroutine.state()) && isServerReading(stack);
        };
    }

    private static boolean isServerReading(GoStack stack) {
        return http2(stack, "serverConn).readFrames") || stack.has(GRPC + "(*http2Server).HandleStreams");
    }

    private static boolean isWaitingForWork(GoStack stack) {
        return top(stack, "net/http.(*persistConn).writeLoop"::equals)
                || top(stack, function -> isHttp2(function, "serverConn).serve"))
                || stack.has(GRPC + "(*controlBuffer).get")
                || top(stack, (GRPC + "(*http2Client).keepalive")::equals)
                || top(stack, (GRPC + "(*http2Server).keepalive")::equals);
    }

    private static boolean http2(GoStack stack, String method) {
        return stack.frames().stream().anyMatch(frame -> isHttp2(frame.function(), method));
    }

    private static boolean isHttp2(String function, String method) {
        return function.endsWith(method) && HTTP2.stream().anyMatch(function::startsWith);
    }

    private static boolean top(GoStack stack, Predicate<String> function) {
        return !stack.frames().isEmpty() && function.test(stack.frames().get(0).function());
    }
}
