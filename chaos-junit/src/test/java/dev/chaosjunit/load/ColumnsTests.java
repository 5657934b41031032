// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Columns of requests")
class ColumnsTests {
    private static final int MANY = 20_000;
    private final Columns columns = new Columns();

    @Test
    @DisplayName("hold what rows would, in the order of planning and not of landing")
    void sameAsRows() {
        List<Sample> rows = rows();
        for (int row : planAll(rows)) {
            columns.land(row, rows.get(row));
        }

        assertThat(columns.all()).isEqualTo(rows);
        assertThat(columns.between(5_000, 17_001)).isEqualTo(rows.subList(2_500, 8_501));
        assertThat(columns.between(-5, 0)).isEmpty();
        assertThat(columns.between(39_999, 50_000)).isEmpty();
    }

    @Test
    @DisplayName("leave out what is on its way, and what a list had left out stays out of it")
    void onTheirWay() {
        List<Sample> rows = rows();
        List<Integer> order = planAll(rows);
        List<Integer> landed = order.subList(0, MANY / 2);
        landed.forEach(row -> columns.land(row, rows.get(row)));
        List<Sample> early = columns.all();
        order.subList(MANY / 2, MANY).forEach(row -> columns.land(row, rows.get(row)));

        assertThat(early).isEqualTo(landed.stream().sorted().map(rows::get).toList());
        assertThat(columns.all()).hasSize(MANY);
    }

    @Test
    @DisplayName("count those of any stretch that have ended")
    void ended() {
        List<Sample> rows = rows();
        List<Integer> landed = planAll(rows).subList(0, MANY / 2);
        landed.forEach(row -> columns.land(row, rows.get(row)));

        for (int from : new int[] {0, 1, 8_192, 8_193, 9_000, 24_576}) {
            for (int to : new int[] {0, 8_191, 8_192, 16_384, 30_001, 40_000, 50_000}) {
                assertThat(columns.ended(from, to))
                        .as("from %d to %d", from, to)
                        .isEqualTo(landed.stream()
                                .filter(row -> 2L * row >= from && 2L * row < to)
                                .count());
            }
        }
    }

    @Test
    @DisplayName("refuse a request that was planned before the one before")
    void order() {
        var unused = columns.plan(10);
        assertThat(columns.plan(10)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> columns.plan(9));
    }

    /** Planned 2 ns apart, with several ways to end. */
    private static List<Sample> rows() {
        Random random = new Random(1);
        return IntStream.range(0, MANY)
                .mapToObj(row -> switch (random.nextInt(4)) {
                    case 0 -> new Sample(2L * row, random.nextInt(1_000), "HTTP 50" + random.nextInt(3), true);
                    case 1 -> new Sample(2L * row, 1_000, "too many in flight", false);
                    case 2 -> new Sample(2L * row, 1_000, "connection refused", true, 2L * row + random.nextInt(9));
                    default -> new Sample(2L * row, random.nextInt(1_000), null, true);
                })
                .toList();
    }

    /** Plan all; the order in which they land. */
    private List<Integer> planAll(List<Sample> rows) {
        List<Integer> order = new ArrayList<>();
        rows.forEach(row -> order.add(columns.plan(row.plannedNanos())));
        Collections.shuffle(order, new Random(2));
        return order;
    }
}
