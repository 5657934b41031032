// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A pause of pods")
class PodPauseTests {
    private static final Fault PAUSE =
            new PodPause(new Selection(Selector.parse("app=a"), Mode.ALL, ""), Duration.ofSeconds(2));

    @Test
    @DisplayName("is read from its elements, and told to the helper by its kind alone")
    void read() {
        Fault fault = new FaultKinds(List.of()).read(new PodPause.Kind(), Texts.onAll("2s", Map.of()));

        assertThat(fault).isEqualTo(PAUSE);
        assertThat(fault.describe()).isEqualTo("pause, 2s, on app=a (all)");
        assertThat(fault.words(new Place(Optional.empty())).values()).isEqualTo(Map.of("kind", "podpause"));
    }

    @ParameterizedTest(name = "hit {0} of {1}, thawed by {2}: {3}")
    @CsvSource({
        "1, 1, lifted, 'stood still for 2,003 ms, 1 cgroup'",
        "2, 2, lifted, 'stood still for 2,003 ms, 2 cgroups'",
        "1, 1, lease,  'stood still for 2,003 ms, 1 cgroup, until the helper itself was held up'",
        "1, 1, ended,  'stood still for 2,003 ms, 1 cgroup, until its container ended'",
        "1, 1, others, 'stood still for 2,003 ms, 1 cgroup, until somebody else thawed it'",
        "0, 1, lifted, 'it never stood still'",
        "0, 0, lifted, 'its container had ended before'"
    })
    @DisplayName("tells how long a pod stood still, and what ended that early")
    void detail(String hit, String matched, String thawedBy, String detail) {
        Told told = new Told(Map.of("hit", hit, "matched", matched, "frozen_us", "2003400", "thawed_by", thawedBy));

        assertThat(PAUSE.detail(told)).startsWith(detail);
    }

    @Test
    @DisplayName("goes with any other fault but what else is on the cgroup")
    void clash() {
        assertThat(PAUSE.clash(PAUSE)).contains("both pause it");
        assertThat(PAUSE.clash(new PlainFault("other"))).isEmpty();
    }
}
