// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A loss of packets")
class NetworkLossTests {
    private static final FaultKinds KINDS = new FaultKinds(List.of());

    @Test
    @DisplayName("has a share, and a correlation with or without the sign")
    void correlated() {
        Fault loss = read(Map.of("loss", "10%", "correlation", "25"));

        assertThat(loss.describe())
                .isEqualTo(
                        "loss of 10% of packets, correlation 25%, both app=b port 80 TCP, probes spared, 1s, on app=a"
                                + " (all)");
        assertThat(loss).isEqualTo(read(Map.of("loss", "10%", "correlation", "25%")));
        assertThat(words(loss)).isEqualTo("kind=networkloss probability_ppm=100000 correlation=25");
        assertThat(words(read(Map.of("loss", "0.5%")))).isEqualTo("kind=networkloss probability_ppm=5000");
        assertThat(loss).extracting(Fault::unit, Fault::scope).containsExactly(Unit.PACKET, Scope.NETWORK);
        assertThat(loss.latency()).isEmpty();
    }

    @Test
    @DisplayName("may come in bursts")
    void bursts() {
        Fault loss = read(Map.of("loss", "5%", "burst", "20", "burstLoss", "80%", "quietLoss", "1%"));

        assertThat(loss.describe())
                .startsWith("loss of 5% of packets, in bursts of 20 that lose 80%, 1% between them,");
        assertThat(words(loss))
                .isEqualTo("kind=networkloss probability_ppm=50000 burst=20 burst_ppm=800000 quiet_ppm=10000");
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, {3}, {4}")
    @CsvSource(
            delimiter = ';',
            value = {
                "0%; 0; 0; 100%; 0%; loss: a share of packets must be 0.0001% to 100%, but is 0%",
                "0.00004%; 0; 0; 100%; 0%; loss: a share of packets must be 0.0001% to 100%",
                "10; 0; 0; 100%; 0%; loss: \"10\" is no percentage",
                "10%; 100; 0; 100%; 0%; : correlation must be 0 to less than 100",
                "10%; x; 0; 100%; 0%; correlation: \"x%\" is no percentage",
                "10%; 0; -1; 100%; 0%; : burst must be 1 to 100000 packets, but is -1",
                "10%; 0; 100001; 100%; 0%; : burst must be 1 to 100000 packets",
                "10%; 25; 5; 100%; 0%; : burst and correlation both say how long losses last",
                "10%; 0; 0; 50%; 0%; : burstLoss and quietLoss go with burst only",
                "10%; 0; 0; 100%; 1%; : burstLoss and quietLoss go with burst only",
                "10%; 0; 5; 10%; 0%; : with burst, loss must be above quietLoss and below burstLoss, but is 10%",
                "10%; 0; 5; 50%; 10%; : with burst, loss must be above quietLoss and below burstLoss",
                "80%; 0; 3; 100%; 0%; : burst = 3 is too short for a loss of 80%",
            })
    @DisplayName("is refused where it makes no sense, with the element and the legal form")
    void refused(String loss, String correlation, String burst, String within, String between, String message) {
        Map<String, String> elements = Map.of(
                "loss", loss, "correlation", correlation, "burst", burst, "burstLoss", within, "quietLoss", between);
        assertThatThrownBy(() -> read(elements)).hasMessageStartingWith(message);
    }

    @Test
    @DisplayName("tells less of its share the more its losses come in rows")
    void spread() {
        assertThat(spread(Map.of("loss", "10%"))).isEqualTo(1);
        assertThat(spread(Map.of("loss", "10%", "correlation", "50"))).isCloseTo(3, within(1e-9));
        // A burst in which all are lost is what a correlation does: 1/r = 1 / ((1 - p) (1 - c)).
        assertThat(spread(Map.of("loss", "10%", "burst", "4"))).isCloseTo(2 * (4 * 0.9) - 1, within(1e-9));
        assertThat(spread(Map.of("loss", "10%", "burst", "4", "burstLoss", "50%")))
                .isBetween(1.0, 2 * (4 * 0.9) - 1);
    }

    private static double spread(Map<String, String> elements) {
        return read(elements).share().orElseThrow().spread();
    }

    private static String words(Fault fault) {
        StringBuilder words = new StringBuilder();
        fault.words(new Place(Optional.empty()))
                .values()
                .forEach((key, value) -> words.append(words.length() == 0 ? "" : " ")
                        .append(key)
                        .append('=')
                        .append(value));
        return words.toString();
    }

    private static Fault read(Map<String, String> elements) {
        Map<String, List<String>> all = new HashMap<>(FaultKindsTests.ELEMENTS);
        all.keySet().removeAll(List.of("latency", "jitter"));
        all.put("correlation", List.of("0"));
        all.put("burst", List.of("0"));
        all.put("burstLoss", List.of("100%"));
        all.put("quietLoss", List.of("0%"));
        elements.forEach((element, text) -> all.put(element, List.of(text)));
        return KINDS.read(new NetworkLoss.Kind(), new Texts(all));
    }
}
