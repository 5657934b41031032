// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.report.GraphLayout.Box;
import dev.chaosjunit.report.GraphLayout.Hop;
import dev.chaosjunit.report.GraphLayout.Way;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The layout of a graph of services")
class GraphLayoutTests {
    /** Words above and below a lane, as the chart writes them. */
    private static final int ABOVE = 32;

    private static final int BELOW = 33;

    private static final String[] SHOP = {
        "gw-users",
        "gw-orders",
        "gw-search",
        "users-auth",
        "orders-auth",
        "orders-pay",
        "orders-stock",
        "pay-bank",
        "stock-orders",
        "gw-bank",
        "search-search",
        "auth-db",
        "users-db"
    };

    @Test
    @DisplayName("has each line leave its caller's box and arrive at the box of the called, over all layers between")
    void joined() {
        GraphLayout layout = layout(SHOP);

        assertThat(layout.ways()).hasSize(SHOP.length - 1); // all but the call to itself
        assertThat(layout.ways()).allSatisfy(way -> {
            List<Hop> hops = way.hops();
            String left = way.back() ? way.calls().to() : way.calls().from();
            String right = way.back() ? way.calls().from() : way.calls().to();
            Box from = box(layout, left);
            Box to = box(layout, right);
            Hop first = hops.get(0);
            Hop last = hops.get(hops.size() - 1);
            assertThat(first.fromX()).isEqualTo(from.left() + 100);
            assertThat(first.fromY()).isEqualTo(from.middle());
            assertThat(last.toX()).isEqualTo(to.left());
            assertThat(last.toY()).isEqualTo(to.middle());
            for (int i = 1; i < hops.size(); i++) {
                assertThat(hops.get(i).fromX()).isEqualTo(hops.get(i - 1).toX() + 100);
                assertThat(hops.get(i).fromY()).isEqualTo(hops.get(i - 1).toY());
            }
            assertThat(hops).filteredOn(Hop::words).hasSize(1);
        });
        assertThat(layout.ways())
                .filteredOn(Way::back)
                .singleElement()
                .satisfies(way -> assertThat(way.calls().from()).isEqualTo("stock"));
    }

    @Test
    @DisplayName("has no word on another, nor on another's lane, and nothing outside")
    void wordsApart() {
        GraphLayout layout = layout(SHOP);
        List<Hop> hops =
                layout.ways().stream().flatMap(way -> way.hops().stream()).toList();

        for (Hop words : hops) {
            if (!words.words()) {
                continue;
            }
            assertThat(words.laneY()).isBetween((double) ABOVE, layout.height() - BELOW);
            assertThat(hops)
                    .filteredOn(other -> !other.equals(words) && other.fromX() == words.fromX())
                    .allSatisfy(other -> assertThat(Math.abs(other.laneY() - words.laneY()))
                            .isGreaterThanOrEqualTo(other.words() ? ABOVE + BELOW : BELOW));
        }
    }

    @Test
    @DisplayName("has no box on another, nor on a line that passes")
    void boxesApart() {
        GraphLayout layout = layout(SHOP);

        for (Box box : layout.boxes()) {
            assertThat(box.middle()).isBetween(18.0, layout.height() - 18);
            assertThat(layout.boxes())
                    .filteredOn(other -> !other.equals(box) && other.left() == box.left())
                    .allSatisfy(other -> assertThat(Math.abs(other.middle() - box.middle()))
                            .isGreaterThan(36 + 14)); // what it says of calls to itself is below it
            assertThat(layout.ways())
                    .flatExtracting(Way::hops)
                    .filteredOn(hop -> hop.toX() == box.left() && hop.toY() != box.middle())
                    .allSatisfy(hop ->
                            assertThat(Math.abs(hop.toY() - box.middle())).isGreaterThan(18));
        }
        assertThat(layout.boxes()).hasSize(9);
    }

    private static Box box(GraphLayout layout, String service) {
        return layout.boxes().stream()
                .filter(box -> box.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    private static GraphLayout layout(String... pairs) {
        return new GraphLayout(GraphLayersTests.calls(pairs), 100);
    }
}
