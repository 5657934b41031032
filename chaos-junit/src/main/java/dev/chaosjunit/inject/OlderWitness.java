// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.fault.Escape;
import dev.chaosjunit.result.OlderConnections;
import java.util.List;
import java.util.stream.Stream;

/** What the helper says of the connections that are older than a fault on names. */
final class OlderWitness {
    private OlderWitness() {}

    static OlderConnections of(Escape escape, Reply attached, Reply stats) {
        boolean listed = attached.text("older").equals("yes");
        boolean told = listed && stats.number("addresses") > 0;
        return new OlderConnections(
                told,
                stats.number("older"),
                stats.counts("kept"),
                stats.counts("kept_connections"),
                stats.counts("closed"),
                escape == Escape.ALLOWED,
                told ? unclosed(stats) : why(listed, attached));
    }

    private static String why(boolean listed, Reply attached) {
        if (!listed) {
            return "its connections cannot be listed: " + attached.text("older").replaceFirst("^no:[^:]*:", "");
        }
        List<String> silent = list(attached, "unanswered");
        return "no address of its names is known"
                + (silent.isEmpty() ? "" : ": the pod's resolver did not answer for " + String.join(", ", silent));
    }

    private static String unclosed(Reply stats) {
        return stats.number("unclosed") == 0
                ? ""
                : stats.number("unclosed") + " could not be closed (" + stats.text("older_errno") + ")";
    }

    /** {@code NAME,NAME}, or nothing. */
    static List<String> list(Reply reply, String key) {
        return Stream.of(reply.text(key).split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
