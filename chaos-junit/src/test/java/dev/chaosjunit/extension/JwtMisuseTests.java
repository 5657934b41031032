// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.JwtChaos;
import dev.chaosjunit.Load;
import dev.chaosjunit.jwt.Mutation;
import dev.chaosjunit.jwt.SampleToken;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A mutation of tokens is refused before anything is brought up")
class JwtMisuseTests {
    private static final String SHOP = "classpath:extension/none.yaml";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(ShareTestCase.class, "@JwtChaos on ShareTestCase.test: share must be above 0%"),
                Arguments.of(
                        NoTokenTestCase.class,
                        "NoTokenTestCase.test: @JwtChaos: no @Load carries a token that could be mutated"),
                Arguments.of(
                        KeylessTestCase.class,
                        "KeylessTestCase.test: @JwtChaos EXPIRED cannot be done: it has to be signed: set key"),
                Arguments.of(
                        KeyFileTestCase.class,
                        "@JwtChaos(key) on KeyFileTestCase.test: there is no none.pem on the class path"),
                Arguments.of(
                        TokenFromTestCase.class,
                        "@JwtChaos(tokenFrom) on TokenFromTestCase.test: \"token\" is no static method of"
                                + " TokenFromTestCase without parameters that returns a String"),
                Arguments.of(
                        ExpectTestCase.class,
                        "@JwtChaos(expect) on ExpectTestCase.test: \"404\" is no status of a mutation: expected"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @DisplayName("where it cannot be done, with the annotation, the element and the place")
    void refused(Class<?> testCase, String message) {
        assertThat(Apart.failure(testCase, Map.of()))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(message);
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "1/s")
    static class ShareTestCase {
        @Test
        @JwtChaos(share = "0%")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "1/s")
    static class NoTokenTestCase {
        @Test
        @JwtChaos
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "1/s", headers = "Authorization: Bearer " + SampleToken.HS256)
    static class KeylessTestCase {
        @Test
        @JwtChaos(mutations = Mutation.EXPIRED)
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "1/s")
    static class KeyFileTestCase {
        @Test
        @JwtChaos(key = "classpath:none.pem")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "1/s")
    static class TokenFromTestCase {
        @Test
        @JwtChaos(tokenFrom = "token")
        void test() {}

        String token() {
            return SampleToken.HS256;
        }
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "1/s")
    static class ExpectTestCase {
        @Test
        @JwtChaos(expect = "404")
        void test() {}
    }
}
