// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.result.RingCounts;
import org.jspecify.annotations.Nullable;

/** What a listener says of operations of io_uring that it made late, and of those it could not reach. */
final class TakenOperations {
    private TakenOperations() {}

    static @Nullable RingCounts counts(Reply stats) {
        return stats.has("taken") ? new RingCounts(stats.number("taken"), stats.number("held")) : null;
    }

    static String detail(Reply stats) {
        if (!stats.has("skipped")) {
            return "";
        }
        RingCounts counts = counts(stats);
        return "out of reach " + stats.text("skipped")
                + (counts == null
                        ? ""
                        : ", taken out of their ring " + counts.taken() + ", held with it " + counts.held());
    }
}
