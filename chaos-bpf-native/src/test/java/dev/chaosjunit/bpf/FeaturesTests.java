// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.bpf.Features.Feature;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FeaturesTests {

    @Test
    @DisplayName("a feature works, or has a reason")
    void works() throws HelperException {
        Features features =
                Features.of(Reply.parse("ok tcx=yes rt=no delay_ingress=no:ENOENT:/dev/net/tun%20is%20missing"));

        assertThat(features.works("tcx")).isTrue();
        assertThat(features.feature("delay_ingress")).isEqualTo(new Feature(false, "ENOENT: /dev/net/tun is missing"));
        assertThat(features.works("rt")).isFalse();
        assertThat(features.all().keySet()).containsExactly("tcx", "rt", "delay_ingress");
    }

    @Test
    @DisplayName("a feature that the helper does not know does not work")
    void unknown() throws HelperException {
        Features features = Features.of(Reply.parse("ok tcx=yes"));

        assertThat(features.feature("io_uring")).isEqualTo(new Feature(false, "the helper does not know this feature"));
    }
}
