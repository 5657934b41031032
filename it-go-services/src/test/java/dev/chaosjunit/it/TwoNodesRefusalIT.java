// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.cluster.image.AgentImage;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@Tag("slow")
@DisplayName("Somebody's cluster of two nodes refuses a chaos test")
class TwoNodesRefusalIT {

    @Test
    @DisplayName("as one of them has no image of the agent, which it names, and leaves none on the other")
    void imageless() throws Exception {
        Fixtures.succeeds(UpTestCase.class, Map.of(ChaosParameters.K3S_NODES, "2"));
        Map<String, String> foreign = TwoNodes.asForeign();
        var unused = TwoNodes.agent().sh("k3s ctr images rm $(k3s ctr images list -q name~=" + AgentImage.NAME + ")");

        NeverTestCase.injected = false;
        assertThat(Fixtures.onlyFailure(NeverTestCase.class, foreign))
                .hasMessageContaining("for node node-2, does not run: ")
                .hasMessageContaining(
                        "Its image is " + AgentImage.NAME + ", which chaos.agent.image names: load it into"
                                + " every node, or put it where they can pull it");
        assertThat(NeverTestCase.injected).isFalse();
        assertThat(TwoNodes.server().kubectl("get", "jobs,pods,deployments", "--output=name"))
                .isEmpty();
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml")
    @ShopImages
    static class UpTestCase {
        @Test
        void up() {}
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml")
    static class NeverTestCase {
        static volatile boolean injected;

        @Test
        @NetworkDelay(selector = "app=user-api", latency = "1s", duration = "2s")
        void injected() {
            injected = true;
        }
    }
}
