// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at something again and again, in its caller's thread, until it is as wanted. It gives back what it saw last, so that
 * its caller can say that where the time is over. What a look throws ends it.
 */
public final class Poll {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final ConditionFactory await;

    private Poll(ConditionFactory await) {
        this.await = await;
    }

    /** Look for as long as it takes. */
    public static Poll every(Duration interval) {
        return new Poll(Awaitility.with() // whatever a user's own tests may have made the default
                .pollInSameThread()
                .dontCatchUncaughtExceptions()
                .ignoreNoExceptions()
                .pollDelay(Duration.ZERO)
                .pollInterval(interval)
                .forever());
    }

    /** Look no longer than that, and once at least. */
    public Poll within(Duration limit) {
        return new Poll(await.atMost(limit.compareTo(SHORTEST) < 0 ? SHORTEST : limit));
    }

    /** Look until it is as wanted, or the time is over; return what was seen last. */
    public <T> T until(Predicate<? super T> wanted, Supplier<T> look) throws InterruptedException {
        AtomicReference<@Nullable T> seen = new AtomicReference<>();
        try {
            return await.until(
                    () -> {
                        if (seen.get() != null && Thread.interrupted()) {
                            throw new InterruptedException(); // awaitility sleeps on, and leaves it to us
                        }
                        T now = look.get();
                        seen.set(now);
                        return now;
                    },
                    wanted);
        } catch (ConditionTimeoutException e) {
            T last = seen.get();
            return last == null ? look.get() : last;
        }
    }

    /**
     * The same, for whoever cannot be interrupted.
     *
     * @param meanwhile what happens: {@code "pods became ready"}
     * @throws ClusterException if interrupted meanwhile; its thread stays so
     */
    public <T> T until(String meanwhile, Predicate<? super T> wanted, Supplier<T> look) {
        try {
            return until(wanted, look);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while " + meanwhile, e);
        }
    }
}
