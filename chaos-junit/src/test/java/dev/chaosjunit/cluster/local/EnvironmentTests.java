// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.EnvVar;
import dev.chaosjunit.cluster.manifest.Limits;
import dev.chaosjunit.cluster.manifest.Probes;
import dev.chaosjunit.cluster.manifest.Security;
import dev.chaosjunit.cluster.manifest.Value.Literal;
import dev.chaosjunit.cluster.manifest.Value.PodField;
import dev.chaosjunit.cluster.manifest.Value.Verbatim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The environment of a pod")
class EnvironmentTests {

    private final Environment environment = environment(
            new EnvVar("NAME", PodField.NAME),
            new EnvVar("IP", PodField.IP),
            new EnvVar("UID", PodField.UID),
            new EnvVar("NODE", PodField.NODE_NAME),
            new EnvVar("NODE_IP", PodField.NODE_IP),
            new EnvVar("SPACE", Verbatim.of("$(NAME)")),
            new EnvVar("URL", new Literal("http://$(IP):80/$(LATER)")),
            new EnvVar("LATER", new Literal("a$b\\1")));

    @Test
    @DisplayName("holds PATH, HOME, HOSTNAME Services and what the manifest says, nothing of the machine's")
    void assignments() {
        assertThat(environment.assignments())
                .containsExactly(
                        "PATH=/programs:/bin",
                        "HOME=/",
                        "HOSTNAME=api-host",
                        "WEB_SERVICE_HOST=198.18.0.128",
                        "NAME=api-0",
                        "IP=198.18.0.2",
                        "UID=0-1",
                        "NODE=node",
                        "NODE_IP=198.18.0.1",
                        "SPACE=$(NAME)",
                        "URL=http://198.18.0.2:80/$(LATER)",
                        "LATER=a$b\\1");
    }

    @Test
    @DisplayName("replaces references as Kubernetes does")
    void expansion() {
        assertThat(environment.expand("--name=$(NAME)")).isEqualTo("--name=api-0");
        assertThat(environment.expand("$(WEB_SERVICE_HOST)")).isEqualTo("198.18.0.128");
        assertThat(environment.expand("$(LATER)")).isEqualTo("a$b\\1");
        assertThat(environment.expand("$(NO_SUCH)")).isEqualTo("$(NO_SUCH)");
        assertThat(environment.expand("$$(NAME)")).isEqualTo("$(NAME)");
        assertThat(environment.expand("$NAME ${NAME} $")).isEqualTo("$NAME ${NAME} $");
    }

    private static Environment environment(EnvVar... variables) {
        ContainerSpec container = new ContainerSpec(
                "api",
                "api",
                List.of(),
                List.of(),
                "",
                List.of(variables),
                List.of(),
                List.of(),
                Probes.NONE,
                Security.DEFAULT,
                Limits.NONE);
        PodName id = new PodName("prod", "api-0", "api-host", "", "0-1");
        PodFacts pod = new PodFacts(id, "198.18.0.2", "node", "198.18.0.1", Map.of("WEB_SERVICE_HOST", "198.18.0.128"));
        return Environment.of(container, pod, "/programs:/bin");
    }
}
