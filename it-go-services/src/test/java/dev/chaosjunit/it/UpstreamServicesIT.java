// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two namespaces, with a frontend in each; exec and gRPC probes, volumes, limits, users and roots that are read-only,
 * all as upstream's authors wrote them.
 */
@Tag("both")
@EnabledIfSystemProperty(named = UpstreamServicesIT.UPSTREAM, matches = ".+")
@DisplayName("Upstream manifests of podinfo and Online Boutique, unchanged but for image names,")
class UpstreamServicesIT {
    static final String UPSTREAM = "chaos.test.manifests";
    private static final String COPY = "target/upstream/";
    private static final String PODINFO = "github.com/stefanprodan/podinfo/cmd/";
    private static final String VERSION = "@v1.8.1-0.20250910200901-e86405a8674e";

    @BeforeAll
    static void copy() throws IOException {
        Path upstream = Path.of(System.getProperty(UPSTREAM));
        try (Stream<Path> files = Files.walk(upstream)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Path copy = Path.of(COPY).resolve(upstream.relativize(file));
                Files.createDirectories(copy.getParent());
                String yaml = Files.readString(file);
                Files.writeString(copy, yaml.replaceAll("image: (?:\\S+/)?([a-z]+)(?::\\S+)?", "image: $1:dev"));
            }
        }
    }

    @Test
    @DisplayName("run in their namespaces, and a fault on one frontend spares the other")
    void run() throws IOException {
        Fixtures.succeeds(UpstreamTestCase.class);

        assertThat(Report.of("UpstreamTestCase.oneFrontend").hitPods())
                .singleElement()
                .asString()
                .startsWith("webapp/frontend-");
    }

    @ChaosTest(
            manifests = {
                COPY + "podinfo/kustomize/deployment.yaml",
                COPY + "podinfo/kustomize/service.yaml",
                COPY + "podinfo/kustomize/hpa.yaml",
                COPY + "podinfo/deploy/webapp/common",
                COPY + "podinfo/deploy/webapp/backend",
                COPY + "podinfo/deploy/webapp/frontend",
                COPY + "online-boutique/frontend.yaml",
                COPY + "online-boutique/productcatalogservice.yaml",
                COPY + "online-boutique/shippingservice.yaml",
                COPY + "online-boutique/checkoutservice.yaml"
            },
            readyWithin = "60s",
            baseline = "3s",
            recovery = "3s")
    @GoImage(
            name = "podinfo",
            main = {PODINFO + "podinfo" + VERSION, PODINFO + "podcli" + VERSION},
            workingDir = "/home/app")
    @GoImage(name = "frontend", main = "./src/test/go/boutique/frontend")
    @GoImage(name = "productcatalogservice", main = "./src/test/go/boutique/grpc")
    @GoImage(name = "shippingservice", main = "./src/test/go/boutique/grpc")
    @GoImage(name = "checkoutservice", main = "./src/test/go/boutique/grpc")
    @Load(url = "http://frontend.webapp/echo", method = "POST", body = "hello", rate = "80/s")
    @Load(url = "http://frontend.default/", rate = "80/s")
    @Load(url = "http://podinfo:9898/readyz", rate = "80/s")
    @Slo(p95 = "1s", errorRate = "2%")
    static class UpstreamTestCase {
        @Test
        @NetworkDelay(selector = "app=frontend", namespaces = "webapp", latency = "100ms", duration = "3s")
        @Slo(phase = Phase.FAULT, p95 = "2s", errorRate = "2%")
        void oneFrontend(ChaosRun run) {
            assertThat(run.targets()).extracting(Instance::namespace).isEqualTo(List.of("webapp"));
        }
    }
}
