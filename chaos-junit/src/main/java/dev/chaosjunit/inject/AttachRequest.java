// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Request;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.fault.Place;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Scope;
import dev.chaosjunit.fault.Words;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An injection into a pod in the words of the helper's protocol: what a kind says itself, and what all have in common. */
final class AttachRequest {
    private AttachRequest() {}

    static Request of(String id, Injection injection, Target pod, Place place) {
        Words words = injection
                .fault()
                .words(place)
                .and(injection
                        .fault()
                        .traffic()
                        .map(packets -> packets.words(injection.peers())
                                .and(probes(pod.probing(), packets.probes()))
                                .and(spared(injection)))
                        .orElse(Words.NONE))
                .given("address", String.join(",", injection.named().addresses()));
        Request request =
                target(Request.of("attach").with("id", id), pod.instance().handle());
        if (injection.fault().scope() == Scope.NETWORK) {
            request = request.with("dev", pod.instance().device());
        }
        return with(request.with("seed", pod.seed()), words);
    }

    /** A request with more words. */
    static Request with(Request request, Words words) {
        Request all = request;
        for (Map.Entry<String, String> word : words.values().entrySet()) {
            all = all.with(word.getKey(), word.getValue());
        }
        return all;
    }

    private static Request target(Request request, Handle handle) {
        return handle instanceof Handle.Container container
                ? request.with("container", container.id())
                : request.with("pid", ((Handle.LocalProcess) handle).pid());
    }

    private static Words spared(Injection injection) {
        return injection
                .spared()
                .map(to -> Words.NONE
                        .with("spared", to.getAddress().getHostAddress())
                        .with("spared_port", to.getPort()))
                .orElse(Words.NONE);
    }

    private static Words probes(Probing probing, Probes probes) {
        return probing.probes().isEmpty()
                ? Words.NONE
                : Words.NONE
                        .with("prober", String.join(",", probing.from()))
                        .with(
                                "probed_port",
                                probing.probes().stream()
                                        .map(probe -> String.valueOf(probe.port()))
                                        .distinct()
                                        .collect(Collectors.joining(",")))
                        .with("probes", probes.name().toLowerCase(Locale.ROOT));
    }
}
