// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a start that fails")
class StartFailureTests {
    private final RuntimeException seen = new IllegalStateException("Cannot assign requested address");
    private final CompletableFuture<String> lost = new CompletableFuture<>();

    @Test
    @DisplayName("names what of our own is gone, also when that is known a moment later only")
    void named() {
        lost.completeOnTimeout("the node ended: its guardian (process 4711) was killed", 50, TimeUnit.MILLISECONDS);
        assertThat(StartFailure.of(seen, lost))
                .isInstanceOf(ClusterException.class)
                .hasMessage("While the services came up, the node ended: its guardian (process 4711) was killed.")
                .hasCause(seen);
    }

    @Test
    @DisplayName("is what was seen where nothing is gone")
    void asSeen() {
        assertThat(StartFailure.of(seen, lost)).isSameAs(seen);
    }
}
