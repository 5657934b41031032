// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Privilege")
class PrivilegeTests {

    @Test
    @DisplayName("needs nothing for root")
    void root() {
        assertThat(Privilege.find(0, List.of("no-such-sudo"))).isEmpty();
    }

    @Test
    @DisplayName("is what stands before commands when sudo works")
    void sudo() {
        assertThat(Privilege.find(1000, List.of("env", "--"))).containsExactly("env", "--");
    }

    @Test
    @DisplayName("lists every attempt and the remedy when there is none")
    void neither() {
        List<String> sudo = List.of("sh", "-c", "echo a password is required >&2; exit 1");

        assertThatExceptionOfType(RuntimeUnavailableException.class)
                .isThrownBy(() -> Privilege.find(1000, sudo))
                .withMessageContaining("as root: this JVM runs as user 1000")
                .withMessageContaining("a password is required (exit code 1)")
                .withMessageContaining("allow this user sudo without a password, for all commands");
    }

    @Test
    @DisplayName("says so when there is no sudo at all")
    void noSudo() {
        assertThatExceptionOfType(RuntimeUnavailableException.class)
                .isThrownBy(() -> Privilege.find(1000, List.of("no-such-sudo")))
                .withMessageContaining("no-such-sudo true: Cannot run program \"no-such-sudo\"");
    }
}
