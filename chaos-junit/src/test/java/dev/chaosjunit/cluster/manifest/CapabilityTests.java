// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Capabilities of a container")
class CapabilityTests {

    @Test
    @DisplayName("are by default containerd's fourteen")
    void byDefault() {
        assertThat(numbers(Set.of(), Set.of()))
                .containsExactlyInAnyOrder(0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31);
    }

    @ParameterizedTest
    @CsvSource({
        "NET_ADMIN, ALL, 12",
        "ALL, ALL, ",
        "NET_ADMIN SYS_TIME, ALL, 12",
        "NET_ADMIN, ALL NET_ADMIN, ",
        "'', CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_RAW SYS_CHROOT MKNOD AUDIT_WRITE, 10 31",
    })
    @DisplayName("are what is added and not dropped; dropping all leaves what is added by name")
    void addedAndDropped(String add, String drop, @Nullable String left) {
        assertThat(numbers(words(add), words(drop)).stream()
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(left == null ? "" : left);
    }

    @Test
    @DisplayName("that are about the machine are given to none, by their name or with all others")
    void machine() {
        assertThat(Capability.isForPods("SYS_ADMIN")).isFalse();
        assertThat(Capability.isForPods("SYS_PTRACE")).isTrue();
        assertThat(Capability.exists("SYS_ADMIN")).isTrue();
        assertThat(Capability.exists("SYS_ADMIM")).isFalse();
        assertThat(numbers(Set.of("ALL"), Set.of("KILL")))
                .contains(12, 19)
                .doesNotContain(5)
                .doesNotContain(16, 17, 21, 22, 25, 39);
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
    }

    private static Set<Integer> numbers(Set<String> add, Set<String> drop) {
        return Capability.of(add, drop).stream().map(Capability::number).collect(Collectors.toSet());
    }
}
