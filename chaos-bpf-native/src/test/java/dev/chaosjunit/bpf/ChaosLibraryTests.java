// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The library is one per JVM, whoever loads it. Needs root. */
class ChaosLibraryTests {

    @Test
    @DisplayName("close() detaches what was attached through this object, and nothing else")
    void closesOnlyItsOwn() throws Exception {
        try (Pod pod = Pod.start();
                ChaosLibrary mine = ChaosLibrary.load()) {
            mine.request(drop("mine", pod));
            try (ChaosLibrary yours = ChaosLibrary.load()) {
                yours.request(drop("yours", pod));
                assertThat(mine.request(Request.of("list")).text("ids")).isEqualTo("mine,yours");
            }

            assertThat(mine.request(Request.of("list")).text("ids")).isEqualTo("mine");
        }
        try (ChaosLibrary later = ChaosLibrary.load()) {
            assertThat(later.request(Request.of("list")).text("ids")).isEmpty();
        }
    }

    private static Request drop(String id, Pod pod) {
        return Request.of("attach")
                .with("id", id)
                .with("kind", "dnschaos")
                .with("pid", pod.pid())
                .with("dev", "lo")
                .with("action", "drop")
                .with("patterns", "shop.test");
    }
}
