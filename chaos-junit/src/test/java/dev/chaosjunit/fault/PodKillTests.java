// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A kill of pods")
class PodKillTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");

    @Test
    @DisplayName("is read from its elements, and told to the helper by its signal")
    void read() {
        Fault fault = new FaultKinds(List.of())
                .read(
                        new PodKill.Kind(),
                        Texts.onAll(
                                "1m",
                                Map.of(
                                        "signal",
                                        List.of("SIGTERM"),
                                        "what",
                                        List.of("CONTAINER"),
                                        "gracePeriod",
                                        List.of(""),
                                        "keptDown",
                                        List.of("false"),
                                        "containerNames",
                                        List.of("side", "main", "side"),
                                        "every",
                                        List.of("20s"))));

        assertThat(fault.describe())
                .isEqualTo("kill by SIGTERM of containers side, main every 20s, 60s, on app=a (all)");
        assertThat(fault.kills().orElseThrow().containers()).containsExactly("side", "main");
        assertThat(fault.words(new Place(Optional.empty())).values())
                .containsExactlyInAnyOrderEntriesOf(Map.of("kind", "podkill", "signal", "term"));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource({
        "CONTAINER, SIGKILL, '', 0s,   'gracePeriod goes with what = POD'",
        "POD,       SIGTERM, '', '',   'signal goes with what = CONTAINER'",
        "POD,       SIGKILL, 1s, '',   'every goes with what = CONTAINER'",
        "POD,       SIGKILL, '', 1.5s, 'gracePeriod must be whole seconds'"
    })
    @DisplayName("has what goes with its kind only")
    void goesWith(Killed what, KillSignal signal, String every, String grace, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new PodKill(ALL, parse("9s"), what, signal, given(every), false, given(grace), List.of()))
                .withMessageStartingWith(message);
    }

    @Test
    @DisplayName("of the pod itself deletes it, at once unless it is given time")
    void deletion() {
        PodKill plain = new PodKill(
                ALL, parse("9s"), Killed.POD, KillSignal.SIGKILL, Optional.empty(), false, Optional.empty(), List.of());
        PodKill kind = new PodKill(
                ALL,
                parse("9s"),
                Killed.POD,
                KillSignal.SIGKILL,
                Optional.empty(),
                false,
                Optional.of(parse("30s")),
                List.of());

        assertThat(plain.describe()).isEqualTo("deletion of pods, 9s, on app=a (all)");
        assertThat(plain.kills().orElseThrow().deletion()).contains(Duration.ZERO);
        assertThat(kind.describe()).isEqualTo("deletion of pods within 30s, 9s, on app=a (all)");
        assertThat(kind.kills().orElseThrow().deletion()).contains(parse("30s"));
    }

    @Test
    @DisplayName("that is kept down is one of a container, once, and comes back with the end of the fault")
    void keptDown() {
        PodKill down = new PodKill(
                ALL,
                parse("9s"),
                Killed.CONTAINER,
                KillSignal.SIGTERM,
                Optional.empty(),
                true,
                Optional.empty(),
                List.of());

        assertThat(down.describe()).isEqualTo("kill by SIGTERM and kept down, 9s, on app=a (all)");
        assertThat(down.kills().orElseThrow().keptDown()).isTrue();
        assertThat(down.kills().orElseThrow().foreseen().backAfter()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PodKill(
                        ALL,
                        parse("9s"),
                        Killed.CONTAINER,
                        KillSignal.SIGKILL,
                        given("2s"),
                        true,
                        Optional.empty(),
                        List.of()))
                .withMessageStartingWith("every cannot go with keptDown = true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PodKill(
                        ALL, parse("9s"), Killed.POD, KillSignal.SIGKILL, given(""), true, Optional.empty(), List.of()))
                .withMessageStartingWith("keptDown goes with what = CONTAINER");
    }

    @Test
    @DisplayName("of containers by name is of no pod, which is deleted with all of them")
    void containers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PodKill(
                        ALL,
                        parse("9s"),
                        Killed.POD,
                        KillSignal.SIGKILL,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        List.of("side")))
                .withMessage("containerNames goes with what = CONTAINER: a pod is deleted with all of its containers,"
                        + " but is [side]");
        assertThat(kill("5s", "").kills().orElseThrow().containers()).isEmpty();
    }

    @ParameterizedTest(name = "every {0} in {1}")
    @CsvSource({"999ms, 10s", "10s, 10s", "11s, 10s"})
    @DisplayName("comes again after 1s or more, while the fault lasts")
    void again(String every, String duration) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kill(duration, every))
                .withMessageStartingWith("every must be 1s or more and less than duration, 10s, or empty for one kill");
    }

    @Test
    @DisplayName("comes again after a second at the soonest, up to just before the end of the fault")
    void limits() {
        assertThat(kill("10s", "1s").kills().orElseThrow().asked()).isEqualTo(10);
        assertThat(kill("10s", "9999ms").kills().orElseThrow().asked()).isEqualTo(2);
    }

    @Test
    @DisplayName("of a pod takes whole seconds of grace, none of them too")
    void grace() {
        assertThat(deletion("0s").kills().orElseThrow().deletion()).contains(Duration.ZERO);
        assertThat(deletion("1s").kills().orElseThrow().deletion()).contains(parse("1s"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deletion("999ms"))
                .withMessage("gracePeriod must be whole seconds, 0s or more, but is 999ms");
    }

    @Test
    @DisplayName("is at moments, on no packet, and asks for no share of the requests")
    void moments() {
        Fault fault = kill("5s", "");
        assertThat(fault).extracting(Fault::unit, Fault::scope).containsExactly(Unit.KILL, Scope.MOMENTS);
        assertThat(fault.traffic()).isEmpty();
        assertThat(fault.latency()).isEmpty();
        assertThat(fault.minTouched()).isEqualTo(Percent.NONE);
        assertThat(fault.describe()).isEqualTo("kill by SIGKILL, 5s, on app=a (all)");
        assertThat(deletion("1s").describe()).isEqualTo("deletion of pods within 1s, 9s, on app=a (all)");
    }

    @ParameterizedTest(
            name = "every {1} in {0}: {3} of {2} are possible, after the last of them {4}, {5} after the fault")
    @CsvSource({
        "5s,  '',  1,  1, 0s,  0s",
        "5s,  4s,  2,  2, 10s, 9s",
        "30s, 10s, 3,  2, 10s, 0s",
        "60s, 1s,  60, 4, 40s, 13s",
        "61s, 1s,  61, 4, 40s, 12s",
        "10m, 5m,  2,  2, 10s, 0s"
    })
    @DisplayName("is possible as often as the back-off lets a container run")
    void foreseen(String duration, String every, long asked, long possible, String wait, String after) {
        PlannedKills kills = kill(duration, every).kills().orElseThrow();

        assertThat(kills.asked()).isEqualTo(asked);
        assertThat(kills.due(asked)).isEmpty();
        assertThat(kills.foreseen()).isEqualTo(new PlannedKills.Foreseen(possible, parse(wait), parse(after)));
        assertThat(kill(duration, every).caution().isPresent()).isEqualTo(possible < asked);
    }

    @Test
    @DisplayName("warns of kills that find nothing, with the number to expect")
    void caution() {
        assertThat(kill("60s", "1s").caution())
                .hasValueSatisfying(
                        said -> assertThat(said)
                                .startsWith(
                                        "Of 60 kills of a pod about 4 find it running: every = 1s is shorter than the back-off"));
    }

    @Test
    @DisplayName("goes with any other fault but a second kill")
    void clash() {
        assertThat(kill("5s", "").clash(kill("9s", ""))).contains("both kill it");
        assertThat(kill("5s", "").clash(new PlainFault("other"))).isEmpty();
    }

    private static PodKill deletion(String grace) {
        return new PodKill(
                ALL, parse("9s"), Killed.POD, KillSignal.SIGKILL, Optional.empty(), false, given(grace), List.of());
    }

    private static PodKill kill(String duration, String every) {
        return new PodKill(ALL, parse(duration), KillSignal.SIGKILL, given(every));
    }

    private static Optional<Duration> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text));
    }

    private static Duration parse(String text) {
        return Durations.parse(text);
    }
}
