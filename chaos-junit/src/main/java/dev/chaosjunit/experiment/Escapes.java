// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.OlderConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Pods that went on over connections that are older than a fault on names, in words. Pure. */
final class Escapes {
    private Escapes() {}

    /** A sentence for each fault that connections of its pods got past, although the test does not allow it. */
    static List<String> refused(List<FaultWitness> faults) {
        return of(
                faults,
                older -> !older.allowed(),
                "The fault was escaped: ",
                fault -> ". Only who connects anew asks for a name: reconnect = true on @" + fault.name()
                        + " closes such connections as the fault begins; escape = ALLOWED takes it as meant.");
    }

    /** The same where the test allows it. */
    static List<String> allowed(List<FaultWitness> faults) {
        return of(faults, OlderConnections::allowed, "The fault was escaped, as the test allows: ", fault -> ".");
    }

    private static List<String> of(
            List<FaultWitness> faults, Predicate<OlderConnections> wanted, String begin, Function<Fault, String> end) {
        List<String> sentences = new ArrayList<>();
        for (FaultWitness witness : faults) {
            Fault fault = witness.fault();
            String pods = witness.pods().stream()
                    .filter(pod -> pod.older() != null && pod.older().kept() && wanted.test(pod.older()))
                    .map(Escapes::pod)
                    .collect(Collectors.joining("; "));
            if (!pods.isEmpty()) {
                sentences.add(begin + fault.describe() + ": " + pods + end.apply(fault));
            }
        }
        return sentences;
    }

    private static String pod(FaultResult pod) {
        OlderConnections older = pod.older();
        if (older == null) {
            return "";
        }
        String ends = older.keptPackets().entrySet().stream()
                .map(end -> {
                    long connections = older.keptConnections().getOrDefault(end.getKey(), 0L);
                    return end.getKey() + " (" + end.getValue() + (end.getValue() == 1 ? " packet" : " packets")
                            + " on " + connections + (connections == 1 ? " connection" : " connections") + ")";
                })
                .collect(Collectors.joining(", "));
        return "pod " + pod.instance() + " went on over connections older than the fault, to " + ends
                + (older.detail().isEmpty() ? "" : "; " + older.detail());
    }
}
