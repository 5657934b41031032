// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The address plan")
class AddressPlanTests {

    private final AddressPlan plan = new AddressPlan("198.18.7");

    @Test
    @DisplayName("gives pods, Services, node, prober, name server and host addresses of their own")
    void addresses() {
        assertThat(plan.gateway()).isEqualTo("198.18.7.1");
        assertThat(plan.pod(0)).isEqualTo("198.18.7.2");
        assertThat(plan.pod(125)).isEqualTo("198.18.7.127");
        assertThat(plan.service(0)).isEqualTo("198.18.7.128");
        assertThat(plan.service(123)).isEqualTo("198.18.7.251");
        assertThat(plan.prober()).isEqualTo("198.18.7.252");
        assertThat(plan.nameServer()).isEqualTo("198.18.7.253");
        assertThat(plan.host()).isEqualTo("198.18.7.254");
        assertThat(plan).hasToString("198.18.7.0/24");
    }

    @Test
    @DisplayName("says how many pods and Services there is room for")
    void full() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> plan.pod(126))
                .withMessage("a local cluster holds 126 pods at most");
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> plan.service(124))
                .withMessage("a local cluster holds 124 Services at most");
    }
}
