// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.image.HostPart;
import dev.chaosjunit.cluster.image.HostPart.User;
import dev.chaosjunit.cluster.manifest.Security;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A container runs")
class ContainerRightsTests {
    private static final User ROOT = new User(0, 0);

    @ParameterizedTest
    @CsvSource({
        "0, false,   ,   , 0, 0",
        "1000, false,   ,   , 1000, 1000",
        "1000, true,    ,   , 1000, 1000",
        "0, true,    ,   , 65532, 0",
        "0, true,    , 7, 65532, 7",
        "0, true, 5000,   , 5000, 0",
        "1000, false, 5000, 7, 5000, 7",
        "1000, false, 0,   , 0, 0",
    })
    @DisplayName("as the manifest says, else as the one who runs the test, unless that is root and must not be")
    void user(int caller, boolean nonRoot, @Nullable Long user, @Nullable Long group, int uid, int gid) {
        assertThat(ContainerRights.of(security(user, group, nonRoot), Optional.empty(), new User(caller, caller))
                        .user())
                .isEqualTo(new User(uid, gid));
    }

    @ParameterizedTest
    @CsvSource({"26, , false", "0, , true", "0, 5000, false"})
    @DisplayName("as its program's user on this machine, which may be forbidden")
    void ofThisMachine(int image, @Nullable Long user, boolean forbidden) {
        Optional<HostPart> host =
                Optional.of(new HostPart(Path.of("/usr/bin/perl"), "", Optional.of(new User(image, 26)), ""));

        ContainerRights rights = ContainerRights.of(security(user, null, true), host, ROOT);
        assertThat(rights.user()).isEqualTo(user == null ? new User(image, 26) : new User(5000, 0));
        assertThat(rights.isForbidden(security(user, null, true))).isEqualTo(forbidden);
        assertThat(rights.isForbidden(security(user, null, false))).isFalse();
    }

    @Test
    @DisplayName("with its groups, capabilities and root as the agent reads them")
    void words() {
        Security security = new Security(
                Optional.empty(),
                Optional.empty(),
                Set.of(9L, 5L),
                Optional.of(5L),
                false,
                true,
                Set.of("NET_BIND_SERVICE"),
                Set.of("ALL"),
                true);

        assertThat(ContainerRights.of(security, Optional.empty(), ROOT).words())
                .containsExactly("0", "0", "2", "5", "9", "400", "1");
        assertThat(ContainerRights.of(Security.DEFAULT, Optional.empty(), ROOT).words())
                .containsExactly("0", "0", "0", "a80425fb", "0");
    }

    private static Security security(@Nullable Long user, @Nullable Long group, boolean nonRoot) {
        return new Security(
                Optional.ofNullable(user),
                Optional.ofNullable(group),
                Set.of(),
                Optional.empty(),
                nonRoot,
                false,
                Set.of(),
                Set.of(),
                true);
    }
}
