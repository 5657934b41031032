// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.it.DockerProxy.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@DisplayName("A Docker Engine")
class K3sEngineIT {
    @Test
    @DisplayName("whose containers are not reached directly has node ports published, and all works as elsewhere")
    void published() throws Exception {
        try (DockerProxy engine = DockerProxy.start()) {
            outputOf(PublishedTestCase.class, engine.dockerHost()).contains("1 tests successful");
        }
    }

    @Test
    @DisplayName("that refuses privileged containers is named, with what to do")
    void unprivileged() throws Exception {
        try (DockerProxy engine = DockerProxy.start(Answer.NOT_PRIVILEGED)) {
            outputOf(PlainTestCase.class, engine.dockerHost())
                    .contains("use of Privileged containers is not allowed")
                    .contains("this Docker Engine must allow docker run --privileged")
                    .contains("1 containers failed");
        }
    }

    @Test
    @DisplayName("that cannot give a container its privileges is named, and the container is removed")
    void withoutCapabilities() throws Exception {
        int before = nodes();
        try (DockerProxy engine = DockerProxy.start(new Answer(
                "^POST .*/containers/[0-9a-f]+/start",
                "500 Internal Server Error",
                "{\"message\":\"OCI runtime create failed: unable to apply caps: operation not permitted\"}"))) {
            outputOf(PlainTestCase.class, engine.dockerHost())
                    .contains("unable to apply caps: operation not permitted")
                    .contains("this Docker Engine must allow docker run --privileged");
        }
        assertThat(nodes()).isLessThanOrEqualTo(before);
    }

    @Test
    @DisplayName("that is too old is refused with its version and the one that is needed")
    void old() throws Exception {
        try (DockerProxy engine = DockerProxy.start(
                new Answer("^GET [^ ]*/version", "200 OK", "{\"Version\":\"19.03.15\",\"ApiVersion\":\"1.40\"}"))) {
            outputOf(PlainTestCase.class, engine.dockerHost())
                    .contains("needs Docker Engine 20.10 or newer (API version 1.41); this one has 1.40");
        }
    }

    @Test
    @DisplayName("that does not have the node's image and cannot pull it is told from one that is not there")
    void noNodeImage() throws Exception {
        String output = ChildJvm.start(PlainTestCase.class, "-Dchaos.k3s.image=nobody.invalid/k3s:1")
                .output(Duration.ofMinutes(1));
        assertThat(output)
                .contains("the node's image nobody.invalid/k3s:1 is neither in this Docker Engine nor can it be pulled")
                .contains("chaos.k3s.image");
    }

    @Test
    @DisplayName("that does not answer is refused where k3s was asked for")
    void none() throws Exception {
        assertThat(ChildJvm.startWithoutDocker(PlainTestCase.class).output(Duration.ofMinutes(1)))
                .contains("the k3s runtime needs a Docker Engine, and none answers")
                .contains("chaos.runtime=local");
    }

    @Test
    @DisplayName("that does not answer is done without where nobody asked for it")
    void fallback() throws Exception {
        assertThat(ChildJvm.startWithoutDocker(PlainTestCase.class, "-Dchaos.runtime=auto", "-Dchaos.require=true")
                        .output(Duration.ofMinutes(1)))
                .contains("on this machine")
                .contains("1 tests successful");
    }

    private static int nodes() throws IOException, InterruptedException {
        return (int) Commands.run("docker", "ps", "--all", "--quiet", "--filter", "label=dev.chaosjunit.node")
                .lines()
                .count();
    }

    private static AbstractStringAssert<?> outputOf(Class<?> testCase, String dockerHost)
            throws IOException, InterruptedException {
        return assertThat(
                ChildJvm.start(testCase, Map.of("DOCKER_HOST", dockerHost)).output(Duration.ofMinutes(1)));
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class PlainTestCase {
        @Test
        void test(ChaosRun run) {
            System.out.println("on " + run.pods().get(0).handle().node());
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class PublishedTestCase {
        @Test
        @DnsChaos(
                selector = "app=user-api",
                patterns = "auth-service.default.svc.cluster.local",
                action = DnsAction.NXDOMAIN,
                duration = "3s")
        void test(ChaosRun run) throws IOException, InterruptedException {
            URI url = URI.create(run.service("user-api").url());
            assertThat(url.getHost()).isEqualTo("127.0.0.1");
            String answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(url.resolve("/users/1")).build(), BodyHandlers.ofString())
                    .body();
            assertThat(answer).contains("\"degraded\":true");
        }
    }
}
