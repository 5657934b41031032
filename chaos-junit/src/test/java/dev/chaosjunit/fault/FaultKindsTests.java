// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.quantity.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The kinds of faults")
class FaultKindsTests {
    private static final FaultKinds FOUND = FaultKinds.found(FaultKindsTests.class.getClassLoader());

    static final Map<String, List<String>> ELEMENTS = new HashMap<>(Map.of(
            "selector", List.of("app=a"),
            "namespaces", List.of(),
            "mode", List.of("ALL"),
            "value", List.of(""),
            "duration", List.of("1s"),
            "latency", List.of("5ms"),
            "jitter", List.of("0ms"),
            "correlation", List.of("25"),
            "minTouched", List.of("")));

    static {
        ELEMENTS.putAll(Map.of(
                "direction", List.of("BOTH"),
                "target", List.of("app=b"),
                "externalTargets", List.of("10.0.0.0/8"),
                "port", List.of("80"),
                "protocol", List.of("TCP"),
                "probes", List.of("SPARE")));
    }

    static Map<String, List<String>> delayed() {
        Map<String, List<String>> elements = new HashMap<>(ELEMENTS);
        elements.put("queue", List.of("64MiB"));
        return elements;
    }

    @Test
    @DisplayName("are found on the class path, in the order in which their faults are injected")
    void found() {
        assertThat(FOUND.all())
                .extracting(FaultKind::name)
                .containsSubsequence("NetworkDelay", "DnsChaos", "GoPanic", "GoDelay", "IoUringFault");
    }

    @Test
    @DisplayName("on packets come before that on queries, as what this held has to meet them")
    void queriesAfterPackets() {
        List<String> names = FOUND.all().stream().map(FaultKind::name).toList();

        assertThat(names.subList(names.indexOf("DnsChaos"), names.size()))
                .noneMatch(name -> name.startsWith("Network") || name.startsWith("Connection"));
    }

    @Test
    @DisplayName("read their faults from any source of named texts")
    void read() {
        Fault fault = FOUND.read(new NetworkDelay.Kind(), new Texts(delayed()));

        assertThat(fault.describe())
                .isEqualTo("delay 5ms, correlation 25%, both app=b port 80 TCP, probes spared, 1s, on app=a (all)");
    }

    @Test
    @DisplayName("are refused where two have one name")
    void twoOfOneName() {
        assertThatThrownBy(() -> new FaultKinds(List.of(new NetworkDelay.Kind(), kind("NetworkDelay", source -> null))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "two kinds of fault are named NetworkDelay: dev.chaosjunit.fault.NetworkDelay$Kind and ");
    }

    @Test
    @DisplayName("are refused where they leave an element unread")
    void unread() {
        Map<String, List<String>> more = delayed();
        more.put("loss", List.of("5%"));

        assertThatThrownBy(() -> FOUND.read(new NetworkDelay.Kind(), new Texts(more)))
                .hasMessage("loss: the kind of fault does not read it, so it would do nothing");
    }

    @Test
    @DisplayName("may look which elements there are, and have read none by that")
    void looks() {
        Set<String> seen = new HashSet<>();
        FaultKind looking = kind("NetworkDelay", source -> {
            seen.addAll(source.elements());
            source.elements().forEach(element -> {
                if (!element.equals("port")) {
                    source.texts(element);
                }
            });
            return new PlainFault("looks");
        });

        assertThatThrownBy(() -> FOUND.read(looking, new Texts(delayed()))).hasMessageStartingWith("port: ");
        assertThat(seen).isEqualTo(delayed().keySet());
    }

    @Test
    @DisplayName("are known by the name that their faults have")
    void otherName() {
        assertThatThrownBy(() -> FOUND.read(kind("Slow", new NetworkDelay.Kind()::read), new Texts(delayed())))
                .hasMessage(": the kind's name is Slow, but its fault's is NetworkDelay");
    }

    static FaultKind kind(String name, Function<Source, Fault> reads) {
        return new FaultKind() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Fault read(Source source) {
                return reads.apply(source);
            }
        };
    }
}
