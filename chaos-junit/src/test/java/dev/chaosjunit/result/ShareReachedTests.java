// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.Share;
import dev.chaosjunit.quantity.Percent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A share that was reached")
class ShareReachedTests {
    private static final Percent TENTH = new Percent(0.1);

    @Test
    @DisplayName("has an interval around it, which what was asked for is in or not")
    void interval() {
        ShareReached near = ShareReached.of(new Share(TENTH), 118, 1203);

        assertThat(near.describe())
                .isEqualTo("reached 9.81% of 1,203 drawn (8.25% to 11.6% with 95% confidence), asked for 10%");
        assertThat(near.missesAsked()).isFalse();
        assertThat(ShareReached.of(new Share(TENTH), 90, 1203).missesAsked()).isTrue();
        assertThat(ShareReached.of(new Share(TENTH), 150, 1203).missesAsked()).isTrue();
    }

    @Test
    @DisplayName("is less certain where hits come in rows")
    void rows() {
        ShareReached rows = ShareReached.of(new Share(TENTH, 19), 90, 1203);

        assertThat(rows.missesAsked()).isFalse();
        assertThat(rows.high() - rows.low()).isGreaterThan(0.1);
    }

    @Test
    @DisplayName("may be all, or nothing")
    void edges() {
        assertThat(ShareReached.of(new Share(new Percent(1)), 7, 7).missesAsked())
                .isFalse();
        assertThat(ShareReached.of(new Share(TENTH), 0, 7).describe())
                .startsWith("reached 0% of 7 drawn (0% to 35.4% with");
    }
}
