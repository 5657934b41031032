// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a node gets for listeners")
class NodeListenersTests {

    @ParameterizedTest
    @DisplayName("has a handler for each RuntimeClass, set up as that of runc is, for either generation of containerd")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            containerd1.toml.tmpl | [plugins."io.containerd.grpc.v1.cri".containerd.runtimes." | "
            containerd2.toml.tmpl | [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.' | '
            """)
    void handlers(String template, String begin, String end) throws IOException {
        String configuration = resource(template);
        List<String> handlers = resource("runtimeclasses.yaml")
                .lines()
                .filter(line -> line.startsWith("handler: "))
                .map(line -> line.substring("handler: ".length()))
                .toList();

        assertThat(configuration).startsWith("{{ template \"base\" . }}\n");
        assertThat(handlers).containsExactly("chaos-io-uring", "chaos-io-uring-enter");
        for (String handler : handlers) {
            String wrapper = handler.replace("chaos-io-uring", "/opt/chaos-junit/chaos-runc");
            assertThat(configuration)
                    .contains(begin + handler + end + "]\n  runtime_type = \"io.containerd.runc.v2\"\n")
                    .contains(begin + handler + end + ".options]\n  BinaryName = \"" + wrapper + "\"\n"
                            + "  SystemdCgroup = {{ .SystemdCgroup }}\n");
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(NodeListeners.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
