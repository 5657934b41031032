// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Traces;
import dev.chaosjunit.cluster.ClusterException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@DisplayName("Services that do not become ready in a node fail their class, with the reason")
class K3sRefusalIT {

    @AfterEach
    void nothingIsLeft() throws IOException, InterruptedException {
        for (Node node : Node.ofThisJvm()) {
            assertThat(node.kubectl("get", "deploy,rs,pods,svc", "-o", "name").lines())
                    .containsExactly("service/kubernetes");
        }
    }

    @Test
    @DisplayName("that nobody has their image")
    void noImage() {
        failureOf(NoImageTestCase.class)
                .hasMessageContainingAll(
                        "not ready: Deployment/shop", "ErrImagePull", "nobody.invalid/has-this:1", "its events");
    }

    @Test
    @DisplayName("that the API server rejects the manifest, in its words")
    void rejected() {
        failureOf(RejectedTestCase.class)
                .hasMessageContainingAll(
                        "Deployment/shop in namespace default is not accepted",
                        "`selector` does not match template `labels`");
    }

    @Test
    @DisplayName("that a container ends again and again, with what it printed last")
    void crash() {
        failureOf(CrashTestCase.class)
                .hasMessageContainingAll(
                        "CrashLoopBackOff",
                        "ended with exit code 1 (Error)",
                        "its events",
                        "BackOff",
                        "it printed last",
                        "unknown habit \\\"no-such-habit\\\"");
    }

    @Test
    @DisplayName("that no node has room for a pod")
    void unschedulable() {
        failureOf(UnschedulableTestCase.class)
                .hasMessageContainingAll(
                        "not ready within 3s: Deployment/shop",
                        "Unschedulable",
                        "Insufficient cpu",
                        "FailedScheduling");
    }

    @Test
    @DisplayName("that pods cannot export their traces to this JVM, with the address that was tried")
    void noWay() throws IOException, InterruptedException {
        Fixtures.onlyFailure(RejectedTestCase.class); // from now on there is a node
        String[] wall = {"OUTPUT", "--out-interface", "eth0", "--protocol", "tcp", "--syn", "--jump", "REJECT"};
        List<Node> nodes = Node.ofThisJvm();
        for (Node node : nodes) {
            node.run("iptables", "--insert", wall);
        }
        try {
            assertThat(Fixtures.onlyFailure(TracesTestCase.class, Map.of("chaos.require", "true")))
                    .hasMessageContaining("pods cannot export to this JVM: from node node-1/")
                    .hasMessageMatching("(?s).*tried [0-9.]+:[0-9]+, the address of this machine towards the node.*")
                    .hasMessageContaining("chaos.otlp.endpoint");
        } finally {
            for (Node node : nodes) {
                node.run("iptables", "--delete", wall);
            }
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> failureOf(Class<?> testCase) {
        return assertThat(Fixtures.onlyFailure(testCase)).isInstanceOf(ClusterException.class);
    }

    @ChaosTest(manifests = "classpath:k3s/no-image.yaml")
    static class NoImageTestCase {
        @Test
        void test() {}
    }

    @ChaosTest(manifests = "classpath:k3s/rejected.yaml")
    static class RejectedTestCase {
        @Test
        void test() {}
    }

    @ChaosTest(manifests = "classpath:auth-service.yaml")
    @GoImage(name = "auth-service", main = "./cmd/auth-service")
    @Traces
    static class TracesTestCase {
        @Test
        void test() {}
    }

    @ChaosTest(manifests = "classpath:k3s/crash.yaml")
    @GoImage(name = "auth-service", main = "./cmd/auth-service")
    static class CrashTestCase {
        @Test
        void test() {}
    }

    @ChaosTest(manifests = "classpath:k3s/unschedulable.yaml", readyWithin = "3s")
    static class UnschedulableTestCase {
        @Test
        void test() {}
    }
}
