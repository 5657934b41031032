// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.chaosjunit.quantity.Percent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A reset of connections")
class ConnectionResetTests {

    @Test
    @DisplayName("is by the next packet of every connection, unless it is asked for otherwise")
    void words() {
        assertThat(words(read("NEXT_PACKET", "100%", "0", "BOTH", "TCP")))
                .containsExactly(
                        entry("kind", "connectionreset"),
                        entry("mechanism", "packet"),
                        entry("probability_ppm", "1000000"));
        assertThat(words(read("AT_ONCE", "2.5%", "7", "BOTH", "TCP")))
                .containsExactly(
                        entry("kind", "connectionreset"),
                        entry("mechanism", "socket"),
                        entry("probability_ppm", "25000"),
                        entry("count", "7"));
    }

    @Test
    @DisplayName("says so in words")
    void described() {
        assertThat(read("NEXT_PACKET", "100%", "0", "TO", "TCP").describe())
                .isEqualTo("reset of connections by their next packet, to app=b port 80 TCP, 1s, on app=a (all)");
        assertThat(read("AT_ONCE", "10%", "3", "BOTH", "TCP").describe())
                .isEqualTo("reset of connections at once, 10% of them, at most 3 of a pod, both app=b port 80 TCP, 1s,"
                        + " on app=a (all)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP", "ANY"})
    @DisplayName("is of TCP: other protocols are refused")
    void protocols(String protocol) {
        assertThatThrownBy(() -> read("NEXT_PACKET", "100%", "0", "BOTH", protocol))
                .hasMessageContaining("protocol must be TCP, since nothing else has connections, but is " + protocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TO", "FROM"})
    @DisplayName("at once has no direction")
    void directions(String direction) {
        assertThatThrownBy(() -> read("AT_ONCE", "100%", "0", direction, "TCP"))
                .hasMessageContaining("direction must be BOTH with when = AT_ONCE")
                .hasMessageContaining("but is " + direction);
    }

    @ParameterizedTest
    @CsvSource({
        "0%, 0, 'probability must be 0.0001% to 100%, but is 0%'",
        "0.00001%, 0, probability must be 0.0001% to 100%",
        "100%, -1, 'count must be 1 or more, or 0 for any number, but is -1'",
        "50, 0, '\"50\" is no percentage'"
    })
    @DisplayName("is of a share and a number that there can be")
    void limits(String probability, String count, String message) {
        assertThatThrownBy(() -> read("NEXT_PACKET", probability, count, "BOTH", "TCP"))
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("cannot be on one pod with another of the same connections")
    void clash() {
        Fault both = read("NEXT_PACKET", "50%", "0", "BOTH", "TCP");
        assertThat(both.clash(read("AT_ONCE", "100%", "0", "BOTH", "TCP"))).isPresent();
        assertThat(read("NEXT_PACKET", "50%", "0", "TO", "TCP").clash(read("NEXT_PACKET", "50%", "0", "FROM", "TCP")))
                .isEmpty();
        assertThat(both.clash(new NetworkDelay.Kind().read(new Texts(FaultKindsTests.delayed()))))
                .isEmpty();
    }

    @Test
    @DisplayName("tells what was reached of its share, unless a limit keeps it from that")
    void share() {
        assertThat(read("NEXT_PACKET", "50%", "0", "BOTH", "TCP").share()).contains(new Share(Percent.parse("50%")));
        assertThat(read("NEXT_PACKET", "50%", "9", "BOTH", "TCP").share()).isEmpty();
        assertThat(read("AT_ONCE", "100%", "0", "BOTH", "TCP").share()).isEmpty();
    }

    @Test
    @DisplayName("counts packets where it waits for the next of each connection, and connections where it does not")
    void unit() {
        assertThat(read("NEXT_PACKET", "100%", "0", "BOTH", "TCP").unit()).isEqualTo(Unit.PACKET);
        assertThat(read("AT_ONCE", "100%", "0", "BOTH", "TCP").unit()).isEqualTo(Unit.CONNECTION);
    }

    @Test
    @DisplayName("tells of how many, and of what it could not reset")
    void detail() {
        Fault packets = read("NEXT_PACKET", "50%", "0", "BOTH", "TCP");
        assertThat(packets.detail(new Told(Map.of("hit", "3", "drawn", "7", "unmade", "0"))))
                .isEqualTo("reset 3 of 7 connections met");
        assertThat(packets.detail(new Told(Map.of("hit", "3", "drawn", "7", "unmade", "2"))))
                .isEqualTo("reset 3 of 7 connections met, passed 2 packets in fragments or with options of IP");
        assertThat(read("AT_ONCE", "50%", "0", "BOTH", "TCP")
                        .detail(new Told(Map.of("hit", "3", "drawn", "7", "unmade", "1", "unmade_errno", "EPERM"))))
                .isEqualTo("reset 3 of 7 connections met, the kernel refused 1 (EPERM)");
    }

    private static Map<String, String> words(Fault fault) {
        return fault.words(new Place(Optional.empty())).values();
    }

    private static Fault read(String when, String probability, String count, String direction, String protocol) {
        Map<String, List<String>> texts = new HashMap<>(FaultKindsTests.ELEMENTS);
        texts.keySet().removeAll(List.of("latency", "jitter", "correlation"));
        texts.put("when", List.of(when));
        texts.put("probability", List.of(probability));
        texts.put("count", List.of(count));
        texts.put("direction", List.of(direction));
        texts.put("protocol", List.of(protocol));
        texts.put("probes", List.of("HIT"));
        return new FaultKinds(List.of()).read(new ConnectionReset.Kind(), new Texts(texts));
    }
}
