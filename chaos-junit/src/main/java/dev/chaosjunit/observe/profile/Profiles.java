// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import dev.chaosjunit.observe.profile.Profile.Sample;
import dev.chaosjunit.result.ProfileResult.PodProfile;
import dev.chaosjunit.result.ProfileResult.SpanProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The profiles of a fault window, looked through by the labels of their samples. They do not change. */
public final class Profiles {
    /** Where none was taken. */
    public static final Profiles NONE = new Profiles(List.of());

    private static final int SHOWN_OF_POD = 5;
    private static final int SHOWN_OF_SPAN = 3;

    private final List<TakenProfile> taken;
    private final Map<SpanKey, List<Labelled>> bySpan = new HashMap<>();
    private final Map<String, Long> byTrace = new HashMap<>();

    private record SpanKey(String trace, String span) {}

    private record Labelled(TakenProfile of, Sample sample) {}

    public Profiles(Collection<TakenProfile> taken) {
        this.taken = taken.stream()
                .sorted(Comparator.comparing(TakenProfile::pod).thenComparing(TakenProfile::kind))
                .toList();
        for (TakenProfile each : this.taken) {
            for (Sample sample : each.profile().samples()) {
                SpanKey key = new SpanKey(sample.label(Profile.TRACE), sample.label(Profile.SPAN));
                if (!key.span().isEmpty()) {
                    bySpan.computeIfAbsent(key, span -> new ArrayList<>()).add(new Labelled(each, sample));
                    byTrace.merge(key.trace(), each.seen(sample), Long::sum);
                }
            }
        }
    }

    /** How often the work on a request was seen, by its trace. */
    public long samples(String trace) {
        return byTrace.getOrDefault(trace, 0L);
    }

    /**
     * What pods did, by pod and kind.
     *
     * @param chaosId what requests of the fault window carry
     */
    public List<PodProfile> pods(String chaosId) {
        Map<List<Object>, List<TakenProfile>> ofPods = new LinkedHashMap<>();
        taken.forEach(each -> ofPods.computeIfAbsent(List.of(each.pod(), each.kind()), key -> new ArrayList<>())
                .add(each));
        return ofPods.values().stream().map(each -> pod(each, chaosId)).toList();
    }

    private static PodProfile pod(List<TakenProfile> profiles, String chaosId) {
        TakenProfile first = profiles.get(0);
        SeenStacks stacks = new SeenStacks();
        double all = 0;
        double faulted = 0;
        for (TakenProfile each : profiles) {
            for (Sample sample : each.profile().samples()) {
                boolean isFaulted = sample.label(Profile.CHAOS_ID).equals(chaosId);
                all += each.amount(sample);
                faulted += isFaulted ? each.amount(sample) : 0;
                if (isFaulted || !first.kind().knowsRequests()) {
                    stacks.add(each, sample);
                }
            }
        }
        return new PodProfile(
                first.pod(), first.kind().toString(), profiles.size(), all, faulted, stacks.top(SHOWN_OF_POD));
    }

    /** What was done for a span, by kind; empty where no sample names it. */
    public List<SpanProfile> span(String trace, String span) {
        Map<ProfileKind, SeenStacks> stacks = new EnumMap<>(ProfileKind.class);
        for (Labelled labelled : bySpan.getOrDefault(new SpanKey(trace, span), List.of())) {
            stacks.computeIfAbsent(labelled.of().kind(), kind -> new SeenStacks())
                    .add(labelled.of(), labelled.sample());
        }
        return stacks.entrySet().stream()
                .map(of -> new SpanProfile(
                        trace,
                        span,
                        of.getKey().toString(),
                        of.getValue().samples(),
                        of.getValue().amount(),
                        of.getValue().top(SHOWN_OF_SPAN)))
                .toList();
    }
}
