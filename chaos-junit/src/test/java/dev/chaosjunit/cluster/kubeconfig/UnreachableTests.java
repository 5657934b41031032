// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Without a cluster, the kubeconfig runtime says so within seconds")
class UnreachableTests {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("where the kubeconfig is not there")
    void noFile() {
        assertRefused(directory.resolve("none"), "there is no file [" + directory.resolve("none"), "chaos.kubeconfig");
    }

    @Test
    @DisplayName("where the kubeconfig is none")
    void noKubeconfig() throws IOException {
        assertRefused(
                Files.writeString(directory.resolve("broken"), "apiVersion: ["), "broken] cannot be read", "broken");
    }

    @Test
    @DisplayName("where the kubeconfig has no such context: never in the current one instead")
    void noContext() throws IOException {
        KubeconfigSettings settings = settings(kubeconfig(1), Optional.of("stagign"));

        assertThatThrownBy(() -> Kubeconfig.read(settings))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("has no context \"stagign\" but [x]");
    }

    @Test
    @DisplayName("where the kubeconfig has no current context, and none is named")
    void noCurrentContext() throws IOException {
        Path kubeconfig = kubeconfig(1);
        Files.writeString(kubeconfig, Files.readString(kubeconfig).replace("current-context: x", ""));

        assertRefused(kubeconfig, "has no current-context", "[x]", "chaos.context");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    @DisplayName("where nobody listens")
    void nobody() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertRefused(kubeconfig(port), "https://127.0.0.1:" + port, "does not answer");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    @DisplayName("where a server listens and says nothing")
    void silence() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertRefused(kubeconfig(silent.getLocalPort()), "https://127.0.0.1:", "does not answer");
        }
    }

    private Path kubeconfig(int port) throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d"}}]
                users: [{name: u, user: {token: "t"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(port));
    }

    private void assertRefused(Path kubeconfig, String... why) {
        KubeconfigSettings settings = settings(kubeconfig, Optional.empty());

        assertThatThrownBy(() -> Connection.open(Kubeconfig.read(settings)))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContainingAll(why);
    }

    private static KubeconfigSettings settings(Path kubeconfig, Optional<String> context) {
        return new KubeconfigSettings(
                Optional.of(kubeconfig), context, List.of("chaos"), "chaos-junit/agent:1", Duration.ofSeconds(10));
    }
}
