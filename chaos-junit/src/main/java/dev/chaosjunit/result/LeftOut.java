// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.List;

/**
 * What the manifests say and the services do not have.
 *
 * @param ignored what the test leaves out knowingly, such as {@code spec.template.spec.affinity (shop.yaml:12)}
 * @param withoutEffect what was taken and can have no effect where the services run, likewise
 */
public record LeftOut(List<String> ignored, List<String> withoutEffect) {

    /** All of the manifests has effect. */
    public static final LeftOut NOTHING = new LeftOut(List.of(), List.of());

    public LeftOut {
        ignored = List.copyOf(ignored);
        withoutEffect = List.copyOf(withoutEffect);
    }
}
