// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.result.RingCounts;
import org.jspecify.annotations.Nullable;

/** What a listener says of operations of io_uring that it made late. */
final class TakenOperations {
    private TakenOperations() {}

    static @Nullable RingCounts counts(Reply stats) {
        return stats.has("taken") ? new RingCounts(stats.number("taken"), stats.number("held")) : null;
    }
}
