// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.chaosjunit.result.GoStack.Frame;
import dev.chaosjunit.result.ProfileResult.PodProfile;
import dev.chaosjunit.result.ProfileResult.SeenStack;
import dev.chaosjunit.result.ProfileResult.SpanProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Profiles of a fault window")
class ProfilesTests {
    private static final long MS = 1_000_000;
    private static final Map<String, String> UNDER =
            Map.of("trace_id", "aa", "span_id", "01", "chaos_id", "T.t/fault", "chaos_type", "NetworkDelay");
    private static final Map<String, String> EARLIER =
            Map.of("trace_id", "bb", "span_id", "02", "chaos_id", "T.before/fault", "chaos_type", "NetworkDelay");

    private static final Profiles PROFILES = new Profiles(List.of(
            new TakenProfile(
                    "p-0",
                    ProfileKind.CPU,
                    new ProfileBytes("samples", "cpu")
                            .sample(
                                    List.of(2L, 20 * MS),
                                    UNDER,
                                    "crypto/sha256.block",
                                    "main.hash",
                                    "main.serve",
                                    "runtime/pprof.Do",
                                    "x.y")
                            .sample(List.of(1L, 10 * MS), UNDER, "main.hash", "main.serve", "runtime/pprof.Do", "z.y")
                            .sample(List.of(1L, 10 * MS), UNDER, "main.sort", "main.serve")
                            .sample(List.of(7L, 70 * MS), EARLIER, "main.hash")
                            .sample(List.of(5L, 50 * MS), Map.of(), "runtime.gcBgMarkWorker")
                            .profile()),
            look(),
            look()));

    private static TakenProfile look() {
        return new TakenProfile(
                "p-0",
                ProfileKind.GOROUTINE,
                new ProfileBytes("goroutine")
                        .sample(List.of(1L), UNDER, "runtime.gopark", "main.wait")
                        .sample(List.of(9L), Map.of(), "main.main")
                        .profile());
    }

    @Test
    @DisplayName("tell of a span what has its label: stacks by their functions, up to where the request was taken on")
    void span() {
        List<SpanProfile> seen = PROFILES.span("aa", "01");

        assertThat(seen)
                .extracting(SpanProfile::kind, SpanProfile::samples, SpanProfile::amount)
                .containsExactly(tuple("cpu", 4L, 40.0), tuple("goroutine", 2L, 2.0));
        assertThat(seen.get(0).stacks())
                .extracting(SeenStack::samples, SeenStack::amount)
                .containsExactly(tuple(3L, 30.0), tuple(1L, 10.0));
        assertThat(seen.get(0).stacks().get(0).frames())
                .extracting(Frame::function)
                .containsExactly("crypto/sha256.block", "main.hash", "main.serve");
        assertThat(seen.get(1).stacks())
                .singleElement()
                .extracting(SeenStack::samples)
                .isEqualTo(2L);
    }

    @Test
    @DisplayName("tell nothing of a span that no sample names, nor of that id in another trace")
    void noSpan() {
        assertThat(PROFILES.span("aa", "03")).isEmpty();
        assertThat(PROFILES.span("bb", "01")).isEmpty();
        assertThat(Profiles.NONE.span("aa", "01")).isEmpty();
    }

    @Test
    @DisplayName("know how often they saw a request")
    void samples() {
        assertThat(PROFILES.samples("aa")).isEqualTo(2 + 1 + 1 + 2);
        assertThat(PROFILES.samples("cc")).isZero();
    }

    @Test
    @DisplayName("tell of a pod what it did in all, and for requests under this fault, not an earlier one")
    void pods() {
        List<PodProfile> pods = PROFILES.pods("T.t/fault");

        assertThat(pods)
                .extracting(
                        PodProfile::pod, PodProfile::kind, PodProfile::taken, PodProfile::amount, PodProfile::faulted)
                .containsExactly(tuple("p-0", "cpu", 1, 160.0, 40.0), tuple("p-0", "goroutine", 2, 20.0, 2.0));
        assertThat(pods.get(0).stacks()).hasSize(2);
    }

    @Test
    @DisplayName("without labels, as Go's of the heap, tell of all that the pod did, in the unit of the kind")
    void heap() {
        Profiles heap = new Profiles(List.of(new TakenProfile(
                "p-0",
                ProfileKind.HEAP,
                new ProfileBytes("alloc_objects", "alloc_space", "inuse_objects", "inuse_space")
                        .sample(List.of(4L, 4096L, -1L, -1024L), Map.of(), "main.keep")
                        .profile())));

        assertThat(heap.pods("T.t/fault")).singleElement().satisfies(pod -> {
            assertThat(pod.amount()).isEqualTo(4096);
            assertThat(pod.faulted()).isZero();
            assertThat(pod.stacks()).extracting(SeenStack::amount).containsExactly(4096.0);
        });
    }
}
