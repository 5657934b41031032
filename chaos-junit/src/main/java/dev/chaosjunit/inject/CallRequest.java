// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Request;
import dev.chaosjunit.fault.Calls;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.GoDelayFault;
import dev.chaosjunit.fault.GoPanicFault;
import dev.chaosjunit.fault.GoSite;
import dev.chaosjunit.fault.UringFault;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Faults inside a process in the words of the helper's protocol. */
final class CallRequest {
    private CallRequest() {}

    static Request of(Request request, Fault fault, Optional<String> keeper) {
        if (fault instanceof GoPanicFault panic) {
            return calls(site(request.with("kind", "gopanic"), panic.site()), panic.calls());
        }
        if (fault instanceof GoDelayFault delay) {
            Request at = calls(site(request.with("kind", "godelay"), delay.site()), delay.calls());
            return latency(at, delay.latency(), delay.jitter());
        }
        return uring(request, (UringFault) fault, keeper);
    }

    private static Request uring(Request request, UringFault fault, Optional<String> keeper) {
        Request uring = calls(request.with("kind", "iouring"), fault.calls())
                .with("operation", fault.operation().name().toLowerCase(Locale.ROOT));
        if (keeper.isPresent()) {
            uring = uring.with("keeper", keeper.get());
        }
        return switch (fault.action()) {
            case ERROR -> {
                Request error = uring.with("action", "error")
                        .with("errno", fault.errno().orElseThrow());
                yield fault.isLate() ? latency(error, fault.latency(), fault.jitter()) : error;
            }
            case DELAY -> latency(uring.with("action", "delay"), fault.latency(), fault.jitter());
            case DROP -> uring.with("action", "drop");
        };
    }

    private static Request site(Request request, GoSite site) {
        Request at = request.with("function", site.function());
        if (!site.label().isEmpty()) {
            at = at.with("label", site.label());
        }
        return site.goroutine().isEmpty() ? at : at.with("goroutine", site.goroutine());
    }

    private static Request calls(Request request, Calls calls) {
        Request chosen =
                request.with("probability_ppm", calls.partsPerMillion()).with("after", calls.after());
        return calls.count() == 0 ? chosen : chosen.with("count", calls.count());
    }

    private static Request latency(Request request, Duration latency, Duration jitter) {
        return request.with("latency_us", latency.toNanos() / 1000).with("jitter_us", jitter.toNanos() / 1000);
    }
}
