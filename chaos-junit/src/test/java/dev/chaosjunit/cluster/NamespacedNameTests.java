// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A test calls")
class NamespacedNameTests {
    private static final List<String> ALL =
            List.of("default/web", "prod/web", "prod/pay", "test/pay", "test/only", "svc/web");

    @ParameterizedTest
    @CsvSource({
        "web, default/web",
        "web.default, default/web",
        "web.prod, prod/web",
        "web.prod.svc, prod/web",
        "web.prod.svc.cluster.local, prod/web",
        "web.svc, svc/web",
        "only, test/only",
        "pay, prod/pay test/pay",
        "pay.default, ''",
        "none, ''"
    })
    @DisplayName("a Service as pods of default do; a short name may be the only one elsewhere")
    void services(String host, String meant) {
        assertThat(among(NamespacedName.ofHost(host).orElseThrow())).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web.prod.svc.cluster", "web.prod.svc.example.org", "www.example.org", "198.18.0.1"})
    @DisplayName("no Service by the name of a host elsewhere")
    void elsewhere(String host) {
        assertThat(NamespacedName.ofHost(host)).isEmpty();
    }

    @Test
    @DisplayName("a pod by its title")
    void pods() {
        assertThat(among(NamespacedName.ofPod("web"))).isEqualTo("default/web");
        assertThat(among(NamespacedName.ofPod("prod/web"))).isEqualTo("prod/web");
        assertThat(NamespacedName.ofPod("prod/web")).hasToString("prod/web");
        assertThat(NamespacedName.ofPod("default/web")).hasToString("web");
    }

    private static String among(NamespacedName name) {
        return String.join(" ", name.among(ALL, each -> each.split("/", -1)[0], each -> each.split("/", -1)[1]));
    }
}
