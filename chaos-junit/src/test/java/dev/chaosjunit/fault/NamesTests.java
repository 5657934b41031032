// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The names that a fault is about")
class NamesTests {

    @ParameterizedTest
    @CsvSource({
        "auth.default,auth.default,true",
        "Auth.DEFAULT.,auth.default,true",
        "auth.default,auth.default.svc,false",
        "*.default,auth.default,true",
        "*.default,a.b.default,true",
        "*.default,default,false",
        "auth-*,auth-service.default,true",
        "auth-*,auth-,true",
        "auth-*,my-auth-service,false",
        "chaos-mesh.*,chaos-mesh,false",
        "github.?om,github.com,true",
        "github.?om,github.om,false",
        "a?b,a.b,true",
        "*.sh?p,a.ship,true",
        "*,any.name,true"
    })
    @DisplayName("are those that a pattern means, as the helper compares them")
    void means(String pattern, String name, boolean meant) {
        assertThat(new Names(List.of(pattern), Escape.INCONCLUSIVE).means(name)).isEqualTo(meant);
    }
}
