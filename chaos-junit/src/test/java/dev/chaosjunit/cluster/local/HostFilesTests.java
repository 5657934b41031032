// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.image.HostPart;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a pod sees of this machine")
class HostFilesTests {
    private static final HostPart PERL = new HostPart(Path.of("/usr/bin/perl"), "", Optional.empty(), "");
    private static final Path KEPT = Path.of("/kept");

    @Test
    @DisplayName("it cannot write, but to a /tmp that is kept for it, unless its root is read-only")
    void kept() {
        assertThat(HostFiles.of(PERL, KEPT, false))
                .contains(RootFile.bind(Path.of("/usr"), "/usr"), RootFile.share(KEPT, "/tmp"));
        assertThat(HostFiles.of(PERL, KEPT, true))
                .contains(RootFile.bind(Path.of("/usr"), "/usr"))
                .allMatch(file -> file.kind() == RootFile.Kind.BIND);
    }
}
