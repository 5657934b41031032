// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.LoadResult.Point;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Requests on their way")
class InFlightChartTests {

    @Test
    @DisplayName("are drawn where they pile up: more than are sent in a second")
    void piledUp() {
        assertThat(page(20, 3, 15, 21))
                .contains("they piled up to 21.", "21 requests on their way", "3 requests on their way");
    }

    @Test
    @DisplayName("are not drawn where the service keeps up, whatever the rate")
    void few() {
        assertThat(page(20, 3, 20)).isEmpty();
        assertThat(page(1, 10)).isEmpty();
        assertThat(page(1, 11)).isNotEmpty();
    }

    private static String page(double rate, long... inFlight) {
        List<Point> series = LongStream.range(0, inFlight.length)
                .mapToObj(i -> new Point(i * 200.0, 4, 0, 1, 1, 1, inFlight[(int) i]))
                .toList();
        Html html = new Html();
        InFlightChart.write(html, new LoadResult("http://p/", rate, "", series, List.of()), List.of());
        return html.toString();
    }
}
