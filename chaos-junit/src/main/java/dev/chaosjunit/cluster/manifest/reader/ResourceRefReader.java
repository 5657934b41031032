// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import com.sun.management.OperatingSystemMXBean;
import dev.chaosjunit.cluster.manifest.Value;
import dev.chaosjunit.cluster.manifest.Value.Verbatim;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** {@code resourceFieldRef}: a limit or request of a container, in units of the divisor, rounded up. */
final class ResourceRefReader {
    private final Findings findings;

    ResourceRefReader(Findings findings) {
        this.findings = findings;
    }

    /** The amount, of the container that the reference is in. */
    Optional<Value> read(Field reference, Field container) {
        String resource = reference.text("resource", "");
        if (resource.isEmpty()) {
            if (reference.lacks("resource")) {
                findings.problem(reference.place(), "needs resource, such as limits.memory");
            }
            return Optional.empty();
        }
        BigDecimal divisor = Quantities.amount(reference.text("divisor", "1"))
                .filter(given -> given.signum() > 0)
                .orElse(BigDecimal.ONE);
        BigDecimal units = amount(container, resource).divide(divisor, 0, RoundingMode.CEILING);
        return Optional.of(Verbatim.of(units.toPlainString()));
    }

    /** A request that is not made is as high as the limit; a limit that is not set is what the machine has. */
    private static BigDecimal amount(Field container, String resource) {
        String name = resource.substring(resource.indexOf('.') + 1);
        boolean limit = resource.startsWith("limits.");
        Optional<BigDecimal> given = limit ? Optional.empty() : amount(container, "requests", name);
        return given.or(() -> amount(container, "limits", name))
                .orElseGet(() -> limit ? machine(name) : BigDecimal.ZERO);
    }

    private static Optional<BigDecimal> amount(Field container, String list, String name) {
        return container
                .at("resources")
                .flatMap(resources -> resources.at(list))
                .flatMap(amounts -> amounts.at(name))
                .flatMap(field -> Quantities.amount(field.text()));
    }

    private static BigDecimal machine(String name) {
        return name.equals("cpu")
                ? BigDecimal.valueOf(Runtime.getRuntime().availableProcessors())
                : BigDecimal.valueOf(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize());
    }
}
