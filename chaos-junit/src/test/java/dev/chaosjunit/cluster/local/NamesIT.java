// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.ServiceEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@DisplayName("Names in a local cluster of several namespaces")
@TestInstance(Lifecycle.PER_CLASS)
class NamesIT {
    private static final String CLUSTER = ".svc.cluster.local";

    private LocalCluster cluster;

    @BeforeAll
    void start() {
        cluster = HelloCluster.startOf("names.yaml");
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    @DisplayName("lead to the Service of the pod's own namespace, and to others with theirs")
    void searchList() throws IOException {
        String here = address("web", "default");
        String there = address("web", "prod");

        assertThat(here).isNotEqualTo(there);
        assertThat(ask("default", "web-0", "resolve?name=web")).isEqualTo(here);
        assertThat(ask("prod", "web-0", "resolve?name=web")).isEqualTo(there);
        assertThat(ask("default", "web-0", "resolve?name=web.prod")).isEqualTo(there);
        assertThat(ask("default", "web-0", "resolve?name=web.prod.svc")).isEqualTo(there);
        assertThat(ask("prod", "web-0", "resolve?name=web.default" + CLUSTER)).isEqualTo(here);
        assertThat(ask("default", "web-0", "resolve?name=db")).contains("no such host");
        assertThat(ask("prod", "web-0", "resolve?name=web.nosuch")).contains("no such host");
    }

    @Test
    @DisplayName("of Services lead to pods of their namespace only, though those of another have the same labels")
    void ownPods() throws IOException {
        for (int i = 0; i < 4; i++) {
            assertThat(ask("default", "web-0", "fetch?url=http://web.prod")).startsWith("prod/web-0 web-0 from ");
            assertThat(ask("prod", "web-0", "fetch?url=http://web.default")).startsWith("default/web-0 web-0 from ");
        }
    }

    @Test
    @DisplayName("of pods may be the same in two namespaces: each has its log")
    void logs() {
        assertThat(cluster.log("prod/web-0", 9)).containsExactly("hello from prod/web-0, arguments []");
        assertThat(cluster.log("default/web-0", 9)).containsExactly("hello from default/web-0, arguments []");
        assertThat(cluster.log("lone", 9)).containsExactly("hello from prod/lone, arguments []");
        assertThat(cluster.log("web-0", 9)).isEqualTo(cluster.log("default/web-0", 9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.log("default/lone", 9))
                .withMessage("there is no pod default/lone but [web-0, prod/web-0, prod/db-0, prod/db-1, prod/lone]");
    }

    @Test
    @DisplayName("lead to each pod of a StatefulSet, which starts when the one before is ready")
    void statefulSet() throws IOException {
        Instance first = pod("prod", "db-0");
        Instance second = pod("prod", "db-1");

        assertThat(cluster.log("db-0", 9)).last().asString().contains("at start db-0.db is [] ", "no such host");
        assertThat(cluster.log("db-1", 9))
                .last()
                .asString()
                .isEqualTo("at start db-0.db is [" + first.address() + "] <nil>");
        assertThat(ask("prod", "db-0", "resolve?name=db-1.db")).isEqualTo(second.address());
        assertThat(ask("prod", "db-0", "fetch?url=http://db-1.db"))
                .startsWith("prod/db-1 db-1 from " + first.address());
        assertThat(ask("default", "web-0", "fetch?url=http://db-1.db.prod")).startsWith("prod/db-1 ");
        assertThat(ask("prod", "db-0", "resolve?name=db").split(" "))
                .containsExactlyInAnyOrder(first.address(), second.address());
        assertThat(ask("prod", "db-0", "resolve?name=db-2.db")).contains("no such host");
        assertThat(Files.readString(inside(second).resolve("etc/hosts")))
                .endsWith(second.address() + " db-1.db.prod" + CLUSTER + " db-1\n");
    }

    @Test
    @DisplayName("of ports lead to pods, or to the Service where it has an address")
    void ports() throws IOException {
        assertThat(ask("prod", "web-0", "srv?port=http&protocol=tcp&name=db.prod" + CLUSTER)
                        .split(" "))
                .containsExactlyInAnyOrder("db-0.db.prod" + CLUSTER + ".:80", "db-1.db.prod" + CLUSTER + ".:80");
        assertThat(ask("prod", "web-0", "srv?port=echo&protocol=udp&name=web.default" + CLUSTER))
                .isEqualTo("web.default" + CLUSTER + ".:80 ");
        assertThat(ask("prod", "web-0", "srv?port=echo&protocol=tcp&name=web.default" + CLUSTER))
                .contains("no such host");
    }

    @Test
    @DisplayName("of a pod with a hostname and a subdomain are told though it is not ready, where the Service says so")
    void notReady() throws IOException {
        Instance lone = pod("prod", "lone");
        Path unready = Files.createFile(inside(lone).resolve("tmp/unready"));
        try {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(cluster.unready())
                            .extracting(Instance::name)
                            .containsExactly("lone"));
            assertThat(ask("prod", "web-0", "resolve?name=first.lonely")).isEqualTo(lone.address());
            assertThat(ask("prod", "web-0", "fetch?url=http://first.lonely")).startsWith("prod/lone first from ");
        } finally {
            Files.delete(unready);
        }
    }

    @Test
    @DisplayName("of Services lead UDP and TCP of the same port to the same pods")
    void udp() throws IOException {
        assertThat(ask("prod", "web-0", "ask?address=web.default:80&text=hi")).isEqualTo("default/web-0 hi");
        assertThat(ask("prod", "web-0", "ask?address=web:80&text=hi")).isEqualTo("prod/web-0 hi");
        assertThat(ask("prod", "web-0", "fetch?url=http://web.default:80")).startsWith("default/web-0 ");
        assertThat(ask("prod", "web-0", "ask?address=web:81&text=hi")).contains("connection refused");
    }

    @Test
    @DisplayName("are in the variables of pods: their own, their node's and those of Services")
    void variables() throws IOException {
        Instance pod = pod("default", "web-0");
        String service = address("web", "default");

        assertThat(ask("default", "web-0", "env").split("\n"))
                .contains(
                        "UID=" + pod.uid(),
                        "NODE_IP=" + pod.address().replaceFirst("[0-9]+$", "1"),
                        "HOSTNAME=web-0",
                        "WEB_SERVICE_HOST=" + service,
                        "WEB_SERVICE_PORT=80",
                        "WEB_SERVICE_PORT_ECHO=80",
                        "WEB_PORT_80_UDP=udp://" + service + ":80")
                .anyMatch(variable -> variable.matches("NODE=chaos\\d+"));
        assertThat(UUID.fromString(pod.uid())).hasToString(pod.uid());
        assertThat(ask("prod", "lone", "env").split("\n"))
                .contains("HOSTNAME=first", "NAME=lone", "WEB_SERVICE_HOST=" + address("web", "prod"));
        assertThat(ask("prod", "db-0", "env")).doesNotContain("_SERVICE_HOST");
    }

    private String ask(String namespace, String name, String request) throws IOException {
        return HelloCluster.get("http://" + pod(namespace, name).address() + "/" + request);
    }

    private Instance pod(String namespace, String name) {
        return cluster.instances().stream()
                .filter(pod -> pod.namespace().equals(namespace) && pod.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Path inside(Instance pod) {
        return Path.of("/proc/" + pod.pid() + "/root");
    }

    private String address(String name, String namespace) {
        return cluster.services().stream()
                .filter(service -> service.domainName().equals(name + "." + namespace + CLUSTER))
                .map(ServiceEndpoint::addresses)
                .findFirst()
                .orElseThrow()
                .get(0);
    }
}
