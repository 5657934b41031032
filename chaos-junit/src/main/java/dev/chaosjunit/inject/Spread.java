// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import java.time.Duration;
import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.Optional;

/**
 * How far apart in time a fault began on its nodes.
 *
 * @param nodes 2 or more
 * @param within from the moment when the first pod's agent was told to begin to that when the last one had: by this JVM's clock,
 *     so it is never less than what passed between the nodes
 */
public record Spread(long nodes, Duration within) {

    /** Empty where all are on one node. */
    static Optional<Spread> of(Collection<HelperPod> pods) {
        long nodes = pods.stream().map(HelperPod::helper).distinct().count();
        LongSummaryStatistics asked =
                pods.stream().mapToLong(HelperPod::onAsked).summaryStatistics();
        LongSummaryStatistics answered =
                pods.stream().mapToLong(HelperPod::onAnswered).summaryStatistics();
        return nodes < 2
                ? Optional.empty()
                : Optional.of(new Spread(nodes, Duration.ofNanos(answered.getMax() - asked.getMin())));
    }
}
