// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where pods export")
class ExportingTests {

    @Test
    @DisplayName("is nowhere unless they are told something, and a collector that nobody wants tells them nothing")
    void nowhere() {
        assertThat(Exporting.NONE.isWanted()).isFalse();
        assertThat(new Exporting(Optional.empty(), Map.of("A", "1")).isWanted()).isTrue();
        assertThat(Collector.NONE.isWanted()).isFalse();
        assertThat(Collector.NONE.listen("127.0.0.1")).isEqualTo(Exporting.NONE);
        assertThat(Collector.NONE.elsewhere()).isEqualTo(Exporting.NONE);
    }

    @Test
    @DisplayName("is told in the order in which it was said, whatever becomes of who said it")
    void order() {
        Map<String, String> said = new LinkedHashMap<>();
        for (String name : new String[] {"Z", "B", "M", "A"}) {
            said.put(name, "1");
        }
        Exporting exporting = new Exporting(Optional.empty(), said);
        said.clear();

        assertThat(exporting.variables().keySet()).containsExactly("Z", "B", "M", "A");
    }
}
