// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Request;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Helpers of several nodes")
class NodeHelpersTests {
    private static final long PATIENCE_SECONDS = 20;

    @Test
    @DisplayName("start side by side, one a node")
    void sideBySide() throws HelperException {
        CountDownLatch all = new CountDownLatch(3);
        Queue<String> nodes = new ConcurrentLinkedQueue<>();
        try (NodeHelpers helpers = new NodeHelpers(node -> {
            nodes.add(node);
            all.countDown();
            assertThat(await(all)).as("the others start meanwhile").isTrue();
            return new FakeHelper();
        })) {
            helpers.start(List.of("a", "b", "a", "c"));

            assertThat(nodes).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(helpers.on("a")).isSameAs(helpers.on("a"));
            assertThat(nodes).hasSize(3);
        }
    }

    @Test
    @DisplayName("have all started, or have not, when one is said to fail, and those that did are closed")
    void oneFails() {
        CountDownLatch failed = new CountDownLatch(1);
        FakeHelper started = new FakeHelper();
        NodeHelpers helpers = new NodeHelpers(node -> {
            if (node.equals("bad")) {
                failed.countDown();
                new FakeHelper()
                        .reply("hello", "error code=failed errno=EIO msg=no-such-image")
                        .request(Request.of("hello"));
            }
            assertThat(await(failed)).isTrue();
            return started;
        });

        assertThatThrownBy(() -> helpers.start(List.of("bad", "good")))
                .isInstanceOf(HelperException.class)
                .hasMessageContaining("no-such-image");
        helpers.close();
        assertThat(started.asked()).containsExactly("close");
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
