// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import dev.chaosjunit.fault.SideEffect;
import dev.chaosjunit.fault.Unit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One fault on one instance, and the proof that it hit.
 *
 * @param fault in words, as it describes itself: {@code delay 500ms ± 100ms, to app=b, 5s, on app=a (all)}
 * @param instance the pod
 * @param node the Kubernetes node that the pod is on; empty where that is this machine, or nobody said
 * @param mechanism how it was done: {@code tcx, delay line}
 * @param unit what was counted one by one
 * @param counters what was counted; null where whatever injected the fault counts nothing
 * @param onToFirstHitMs request to first one faulted, milliseconds
 * @param offToFirstCleanMs revert to first clean one, milliseconds
 * @param requestedDelayMs latency asked for; null where the fault is no delay
 * @param delayHistogramUs actual delay of those that were not drained, microseconds to count
 * @param errorHistogramUs actual minus requested, microseconds to count
 * @param meanwhileUs what else was timed in the pod, by what it is; microseconds to count
 * @param sawInstead names or peers seen meanwhile, with counts
 * @param detail counters of the mechanism, in words
 * @param probes what it met of the probes of the pod's health, or left alone; empty where that is none
 * @param hint why it may have hit nothing, in words; empty where it hit, or nothing is known
 * @param share what was reached of the share that was asked for; null where the fault is none on a share, or drew nothing
 * @param older connections over which a fault on names is escaped; null where the fault is none
 * @param witness inconclusive when nobody was hit who uses the pod
 * @param sideEffect what was done beyond what was asked for; null where that is nothing
 */
public record FaultResult(
        String fault,
        String instance,
        String node,
        String mechanism,
        Unit unit,
        @Nullable Counters counters,
        @Nullable Double onToFirstHitMs,
        @Nullable Double offToFirstCleanMs,
        @Nullable Double requestedDelayMs,
        Map<Long, Long> delayHistogramUs,
        Map<Long, Long> errorHistogramUs,
        Map<String, Map<Long, Long>> meanwhileUs,
        Map<String, Long> sawInstead,
        String detail,
        String probes,
        String hint,
        @Nullable ShareReached share,
        @Nullable OlderConnections older,
        Outcome witness,
        @Nullable SideEffect sideEffect) {
    private static final String NOT_INJECTED = "not injected";

    /** Begin one; what is not said further is empty or null, and the witness is inconclusive. */
    public static Builder of(String fault, String instance, Unit unit) {
        return new Builder(fault, instance, unit);
    }

    /** One that never came to its pods, which a selector names. */
    public static FaultResult notInjected(String fault, String selector, Unit unit) {
        return of(fault, selector, unit).mechanism(NOT_INJECTED).build();
    }

    /** The pod, and its node where that is known. */
    public String place() {
        return instance + (node.isEmpty() ? "" : " on " + node);
    }

    /** Whether it came to its pods at all. */
    public boolean wasInjected() {
        return !mechanism.equals(NOT_INJECTED);
    }

    /**
     * Packets, queries or calls while the fault was on.
     *
     * @param seen by whatever injects
     * @param matched passed the filter
     * @param hit really faulted
     * @param bytes of the hits
     * @param drained held ones that were sent on at revert
     * @param connections that the hits were on; null where that is not counted
     * @param touched about how many requests these touched by themselves
     */
    public record Counters(
            long seen,
            long matched,
            long hit,
            long bytes,
            long drained,
            @Nullable Long connections,
            long touched) {
        /** Hits of which each may have touched a request. */
        public Counters(long seen, long matched, long hit, long bytes, long drained) {
            this(seen, matched, hit, bytes, drained, null, hit);
        }
    }

    /** Parts of a result, each by the name that it has there. */
    public static final class Builder {
        private final String fault;
        private final String instance;
        private final Unit unit;
        private String node = "";
        private String mechanism = "";
        private @Nullable Counters counters;
        private @Nullable Double onToFirstHitMs;
        private @Nullable Double offToFirstCleanMs;
        private @Nullable Double requestedDelayMs;
        private Map<Long, Long> delayHistogramUs = Map.of();
        private Map<Long, Long> errorHistogramUs = Map.of();
        private Map<String, Map<Long, Long>> meanwhileUs = Map.of();
        private Map<String, Long> sawInstead = Map.of();
        private String detail = "";
        private String probes = "";
        private String hint = "";
        private @Nullable ShareReached share;
        private @Nullable OlderConnections older;
        private Outcome witness = Outcome.INCONCLUSIVE;
        private @Nullable SideEffect sideEffect;

        private Builder(String fault, String instance, Unit unit) {
            this.fault = fault;
            this.instance = instance;
            this.unit = unit;
        }

        public Builder node(String value) {
            this.node = value;
            return this;
        }

        public Builder mechanism(String value) {
            this.mechanism = value;
            return this;
        }

        public Builder counters(@Nullable Counters value) {
            this.counters = value;
            return this;
        }

        public Builder onToFirstHitMs(@Nullable Double value) {
            this.onToFirstHitMs = value;
            return this;
        }

        public Builder offToFirstCleanMs(@Nullable Double value) {
            this.offToFirstCleanMs = value;
            return this;
        }

        public Builder requestedDelayMs(@Nullable Double value) {
            this.requestedDelayMs = value;
            return this;
        }

        public Builder delayHistogramUs(Map<Long, Long> value) {
            this.delayHistogramUs = value;
            return this;
        }

        public Builder errorHistogramUs(Map<Long, Long> value) {
            this.errorHistogramUs = value;
            return this;
        }

        public Builder meanwhileUs(Map<String, Map<Long, Long>> value) {
            this.meanwhileUs = value;
            return this;
        }

        public Builder sawInstead(Map<String, Long> value) {
            this.sawInstead = value;
            return this;
        }

        public Builder detail(String value) {
            this.detail = value;
            return this;
        }

        public Builder probes(String value) {
            this.probes = value;
            return this;
        }

        public Builder hint(String value) {
            this.hint = value;
            return this;
        }

        public Builder share(@Nullable ShareReached value) {
            this.share = value;
            return this;
        }

        public Builder older(@Nullable OlderConnections value) {
            this.older = value;
            return this;
        }

        public Builder witness(Outcome value) {
            this.witness = value;
            return this;
        }

        public Builder sideEffect(@Nullable SideEffect value) {
            this.sideEffect = value;
            return this;
        }

        public FaultResult build() {
            return new FaultResult(
                    fault,
                    instance,
                    node,
                    mechanism,
                    unit,
                    counters,
                    onToFirstHitMs,
                    offToFirstCleanMs,
                    requestedDelayMs,
                    delayHistogramUs,
                    errorHistogramUs,
                    meanwhileUs,
                    sawInstead,
                    detail,
                    probes,
                    hint,
                    share,
                    older,
                    witness,
                    sideEffect);
        }
    }
}
