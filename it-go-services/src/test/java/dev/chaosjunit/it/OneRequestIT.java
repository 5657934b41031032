// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.NetworkLoss;
import dev.chaosjunit.fault.Direction;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@Tag("slow-on-k3s")
@DisplayName("A fault on the packets of one request among many over kept connections")
class OneRequestIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    @DisplayName("makes it late, loses it, or resets its connection; spares the others, and is gone after")
    void oneOfMany() throws Exception {
        Fixtures.succeeds(OneOfManyTestCase.class, Map.of(), 3);
        for (String test : new String[] {"late", "lost", "reset"}) {
            assertThat(Report.of("OneOfManyTestCase." + test).hits()).as(test).isPositive();
        }
    }

    @Test
    @DisplayName("that hit nothing says how many requests began, of which none was the one")
    void none() {
        assertThat(Fixtures.onlyFailure(NoneTestCase.class))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("The fault hit nothing: loss of 100%")
                .hasMessageMatching(
                        "(?s).*; of [0-9]+ HTTP/1.1 requests that began, none was seen to be of the trace.*");
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    static class OneOfManyTestCase {
        @Test
        @NetworkDelay(
                selector = "app=user-api",
                direction = Direction.FROM,
                trace = TRACE,
                latency = "3s",
                duration = "10s")
        void late(ChaosRun run) throws Exception {
            assertThat(odd(run)).isEqualTo(Map.of(TRACE, "late"));
            assertGone(run);
        }

        @Test
        @NetworkLoss(
                selector = "app=user-api",
                direction = Direction.FROM,
                trace = TRACE,
                loss = "100%",
                duration = "10s")
        void lost(ChaosRun run) throws Exception {
            assertThat(odd(run)).isEqualTo(Map.of(TRACE, "HttpTimeoutException"));
            assertGone(run);
        }

        @Test
        @ConnectionReset(selector = "app=user-api", direction = Direction.FROM, trace = TRACE, duration = "10s")
        void reset(ChaosRun run) throws Exception {
            assertThat(odd(run)).isEqualTo(Map.of(TRACE, "IOException"));
            assertGone(run);
        }

        private static Map<String, String> odd(ChaosRun run) throws Exception {
            return Traced.odd(users(run), Traced.among(100, TRACE));
        }

        private static void assertGone(ChaosRun run) throws Exception {
            run.awaitRevert();
            assertThat(Traced.odd(users(run), Traced.among(10, TRACE))).isEmpty();
        }

        private static URI users(ChaosRun run) {
            return URI.create(run.service("user-api").url() + "/users/1");
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "50/s")
    static class NoneTestCase {
        @Test
        @NetworkLoss(
                selector = "app=user-api",
                direction = Direction.FROM,
                trace = TRACE,
                loss = "100%",
                duration = "2s")
        void test() {}
    }
}
