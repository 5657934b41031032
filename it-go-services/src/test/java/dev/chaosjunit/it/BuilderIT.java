// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.extension.ChaosExtension;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.SloSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("both")
@DisplayName("The same in code, without annotations,")
class BuilderIT {

    @RegisterExtension
    static final ChaosExtension chaos = ChaosExtension.manifests("classpath:payments.yaml")
            .image("gateway", "./cmd/gateway")
            .image(new GoImageSpec(
                    "payment-service", "./cmd/payment-service", Path.of("").toAbsolutePath()))
            .load("http://gateway/v1/payments/demo", "100/s")
            .slo(new SloSpec(Phase.FAULT, List.of(QuantileObjective.p50(Duration.ofMillis(150)))))
            .fault(new NetworkDelay(
                    new Selection(Selector.parse("app=payment-service"), Mode.ALL, ""),
                    Duration.ofSeconds(4),
                    new Latency(Duration.ofMillis(100)),
                    new Percent(0),
                    new Traffic(
                            Direction.FROM,
                            Optional.of(Selector.parse("app=gateway")),
                            List.of(),
                            PortRange.ANY,
                            Protocol.TCP,
                            Probes.HIT)))
            .build();

    @Test
    @DisplayName("delays what payment-service receives from gateway")
    void delayed(ChaosRun run) {
        assertThat(run.targets()).extracting(Instance::workload).containsExactly("payment-service");
    }
}
