// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real helper in both its forms. Needs root, as the helper does. */
class HelperTests {

    private static final String[] DIG = {"dig", "+tries=1", "+time=1", "@127.0.0.1", "Shop.test"};

    enum Form {
        AGENT,
        LIBRARY;

        Helper start() throws HelperException {
            return this == AGENT ? ChaosAgent.start(List.of()) : ChaosLibrary.load();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("says its version and the kernel's")
    void hello(Form form) throws HelperException {
        try (Helper helper = form.start()) {
            Reply hello = helper.request(Request.of("hello"));

            assertThat(hello.number("version")).isEqualTo(3);
            assertThat(hello.text("kernel")).matches("\\d+\\.\\d+.*");
            assertThat(helper.describe()).contains("pid ");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("knows what works here, each with yes or a reason")
    void probe(Form form) throws HelperException {
        try (Helper helper = form.start()) {
            Features features = Features.probe(helper);

            assertThat(features.all()).containsKeys("dns", "setns", "rt");
            assertThat(features.all().values())
                    .allMatch(feature -> feature.works() == feature.reason().isEmpty());
            assertThat(features.feature("dns")).isEqualTo(new Features.Feature(true, ""));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("answers a DNS query of a pod while the fault is on, and not after close()")
    void dns(Form form) throws Exception {
        try (Pod pod = Pod.start()) {
            try (Helper helper = form.start()) {
                helper.request(nxdomain("f1", pod));
                assertThat(pod.run(DIG)).contains("connection refused");
                helper.request(Request.of("on").with("id", "f1"));

                assertThat(pod.run(DIG)).contains("status: NXDOMAIN");
                Reply stats = helper.request(Request.of("stats").with("id", "f1"));
                assertThat(stats.number("hit")).isEqualTo(1);
                assertThat(stats.counts("names")).containsEntry("shop.test/A", 1L);
            }
            assertThat(pod.run(DIG)).contains("connection refused");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("refuses what it cannot do, with a code and a message")
    void refusals(Form form) throws Exception {
        try (Pod pod = Pod.start();
                Helper helper = form.start()) {
            helper.request(nxdomain("f1", pod));

            assertThat(refusal(helper, nxdomain("f1", pod))).isEqualTo("duplicate_id");
            assertThat(refusal(helper, Request.of("on").with("id", "f2"))).isEqualTo("unknown_id");
            assertThat(refusal(helper, Request.of("explode"))).isEqualTo("bad_request");
            assertThat(refusal(helper, nxdomain("f3", pod).with("latency_us", 1)))
                    .isEqualTo("bad_request");
        }
    }

    private static Request nxdomain(String id, Pod pod) {
        return Request.of("attach")
                .with("id", id)
                .with("kind", "dnschaos")
                .with("pid", pod.pid())
                .with("dev", "lo")
                .with("action", "nxdomain")
                .with("patterns", "shop.test");
    }

    private static String refusal(Helper helper, Request request) {
        HelperException e = catchThrowableOfType(HelperException.class, () -> helper.request(request));
        assertThat(e.getMessage()).isNotBlank();
        return e.code();
    }
}
