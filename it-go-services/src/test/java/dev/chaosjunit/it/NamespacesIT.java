// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hamcrest.Matchers.is;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.DnsAction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@DisplayName("Of services in several namespaces")
@ChaosTest(manifests = "classpath:namespaces.yaml", baseline = "1s", recovery = "1s")
@ShopImages
@Load(url = "http://user-api.prod/users/1", rate = "200/s")
@Slo(errorRate = "5%")
class NamespacesIT {
    private static final String AUTH = "auth-service.sessions.svc.cluster.local";

    @Test
    @DisplayName("those of one are hit, and those with the same labels in another are spared")
    @DnsChaos(
            selector = "app=user-api",
            namespaces = "prod",
            patterns = AUTH,
            action = DnsAction.NXDOMAIN,
            duration = "2s")
    void oneNamespace(ChaosRun run) throws Exception {
        assertThat(run.targets()).extracting(Instance::namespace).containsExactly("prod");
        assertDegraded(run, "user-api.prod", true);
        assertDegraded(run, "user-api.test.svc.cluster.local", false);
        assertThat(Dig.in(pod(run, "prod"), AUTH)).contains("status: NXDOMAIN");
        assertThat(Dig.in(pod(run, "test"), AUTH)).contains("status: NOERROR", "ANSWER: 1");
        assertThat(Dig.in(pod(run, "test"), "auth-service.test.svc.cluster.local"))
                .contains("status: NXDOMAIN");
        run.awaitRevert();
        assertThat(Dig.in(pod(run, "prod"), AUTH)).contains("status: NOERROR", "ANSWER: 1");
    }

    @Test
    @DisplayName("those of other namespaces are called by their names, and a short name must be one's alone")
    void called(ChaosRun run) {
        assertDegraded(run, "user-api.prod", false);
        assertThat(run.pods())
                .allSatisfy(pod -> assertThat(run.log(pod.namespace() + "/" + pod.name(), 5))
                        .isNotEmpty());
        assertThat(run.service("auth-service").url()).startsWith("http://");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.service("user-api"))
                .withMessage("Several are Service \"user-api\"; there are: user-api.prod, user-api.test,"
                        + " auth-service.sessions");
    }

    private static Instance pod(ChaosRun run, String namespace) {
        return run.pods().stream()
                .filter(pod -> pod.namespace().equals(namespace))
                .findFirst()
                .orElseThrow();
    }

    private static void assertDegraded(ChaosRun run, String service, boolean degraded) {
        given().baseUri(run.service(service).url())
                .get("/users/1")
                .then()
                .statusCode(200)
                .body("degraded", is(degraded));
    }
}
