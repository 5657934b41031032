// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.bpf.FakeHelper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A helper elsewhere")
class RemoteHelperTests {
    private final FakeHelper helper = new FakeHelper();

    @Test
    @DisplayName("is described with the reason of its death, for whoever is told of it, and not before")
    void reason() {
        RemoteHelper remote = new RemoteHelper(helper, () -> "its pod was deleted");
        List<String> told = new ArrayList<>();
        remote.onDeath(() -> told.add(remote.describe()));

        assertThat(remote.describe()).isEqualTo("fake");
        helper.die();
        assertThat(told).containsExactly("fake: its pod was deleted");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    @DisplayName("is described without a reason where nobody tells one")
    void nobody() {
        CountDownLatch never = new CountDownLatch(1);
        RemoteHelper remote = new RemoteHelper(helper, () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });
        helper.die();

        assertThat(remote.describe()).isEqualTo("fake: whoever runs it does not say why");
        never.countDown();
    }
}
