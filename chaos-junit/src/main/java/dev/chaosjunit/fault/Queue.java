// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Size;
import dev.chaosjunit.quantity.Source;
import java.util.Optional;

/**
 * How much of each pod's packets is held at most, and what is said where that was too little.
 *
 * @param limit 64 KiB to 4 GiB; empty for as much as what is asked for is expected to need
 */
public record Queue(Optional<Size> limit) {
    /** As much as needed. */
    public static final Queue BY_NEED = new Queue(Optional.empty());

    private static final long LEAST = 64L << 10;
    private static final long MOST = 4L << 30;

    public Queue {
        limit.ifPresent(size -> {
            if (size.bytes() < LEAST || size.bytes() > MOST) {
                throw new IllegalArgumentException("queue must be 64KiB to 4GiB, but is " + size);
            }
        });
    }

    /** The element {@code queue}; empty for as much as needed. */
    static Queue read(Source source) {
        return source.read("queue", text -> text.isEmpty() ? BY_NEED : new Queue(Optional.of(Size.parse(text))));
    }

    Words words() {
        return limit.map(size -> Words.NONE.with("queue", size.bytes())).orElse(Words.NONE);
    }

    /** Packets that had no room in it were dropped, which nobody asked for. */
    static Optional<SideEffect> overflow(Told told, String pod) {
        long refused = told.number("full");
        return refused == 0
                ? Optional.empty()
                : Optional.of(new SideEffect(
                        "The queue of " + pod + " was full: " + refused + " packets were dropped beside "
                                + told.text("hit") + " that were held; a larger queue = \"…\" holds more.",
                        "the queue of " + pod + " was full, and packets were dropped",
                        null));
    }

    /** What became of the packets, for the report. */
    static String detail(Told told) {
        return "captured " + told.text("captured") + ", sent " + told.text("sent") + ", refused by a full queue "
                + told.text("full") + ", passed undelayed " + (told.number("skipped") + told.number("expired"))
                + ", send errors " + told.text("send_errors") + ", real-time thread " + told.text("rt");
    }
}
