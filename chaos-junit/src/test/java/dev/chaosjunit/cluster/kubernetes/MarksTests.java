// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The marks of a run")
class MarksTests {

    @Test
    @DisplayName("stand beside an object's own labels")
    void object() {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withName("shop")
                .addToLabels("app", "shop")
                .endMetadata()
                .build();
        Marks.put(service, "r1");

        assertThat(service.getMetadata().getLabels())
                .isEqualTo(Map.of(
                        "app", "shop", "app.kubernetes.io/managed-by", "chaos-junit", "dev.chaosjunit/run", "r1"));
    }

    @Test
    @DisplayName("are put on a template that has no labels yet, but not what its pods are not managed by")
    void template() {
        PodTemplateSpec template = new PodTemplateSpec();
        Marks.put(template, "r1");

        assertThat(template.getMetadata().getLabels()).isEqualTo(Map.of("dev.chaosjunit/run", "r1"));
    }

    @Test
    @DisplayName("are not shown to those who select pods")
    void without() {
        assertThat(Marks.without(Map.of("app", "shop", Marks.RUN, "r1", "dev.chaosjunit/more", "x")))
                .isEqualTo(Map.of("app", "shop"));
    }
}
