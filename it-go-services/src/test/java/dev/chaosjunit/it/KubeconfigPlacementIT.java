// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@Tag("k3s")
@Tag("nodes")
@Isolated("meanwhile the cluster takes no pods")
@DisplayName("An existing cluster whose nodes take no pods refuses a chaos test, and says what to do")
class KubeconfigPlacementIT {
    @RegisterExtension
    static final ForeignCluster CLUSTER = new ForeignCluster();

    @Test
    @DisplayName("about a cordon")
    void cordoned() {
        assertThat(refusal("cordoned", true, List.of()))
                .contains("node " + CLUSTER.node() + " is cordoned: kubectl uncordon " + CLUSTER.node());
    }

    @Test
    @DisplayName("about a taint")
    void tainted() {
        assertThat(refusal("tainted", false, List.of(new Taint("NoSchedule", "dedicated", null, "db"))))
                .contains("node " + CLUSTER.node() + " has the taint dedicated=db:NoSchedule: have the pod's template"
                        + " tolerate it, or kubectl taint node " + CLUSTER.node() + " dedicated-");
    }

    private static String refusal(String namespace, boolean cordon, List<Taint> taints) {
        CLUSTER.makeNamespace(namespace, Map.of());
        CLUSTER.close(cordon, taints);
        try {
            return String.valueOf(Fixtures.onlyFailure(ShopTestCase.class, ForeignCluster.parameters(namespace))
                    .getMessage());
        } finally {
            CLUSTER.close(false, List.of());
            CLUSTER.assertGone(namespace);
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", readyWithin = "4s")
    static class ShopTestCase {
        @Test
        void never() {}
    }
}
