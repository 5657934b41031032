// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Why services could not be brought up, where something of our own may have died meanwhile. */
public final class StartFailure {
    /** So long a death may be told after what it made fail. */
    private static final long LATE_WORD_MILLIS = 500;

    private StartFailure() {}

    /**
     * What to throw.
     *
     * @param failure what was seen
     * @param lost as {@link Cluster#lost()}
     * @return a failure that names what is gone, caused by what was seen; that itself where nothing is gone
     */
    public static RuntimeException of(RuntimeException failure, CompletableFuture<String> lost) {
        try {
            String gone = lost.get(LATE_WORD_MILLIS, TimeUnit.MILLISECONDS);
            return new ClusterException("While the services came up, " + gone + ".", failure);
        } catch (TimeoutException | ExecutionException e) {
            return failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure;
        }
    }
}
