// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.OptionalLong;

/**
 * The resources that a container may use.
 *
 * @param cpuMillis thousandths of a processor; absent for all there are
 * @param memoryBytes beyond which it is killed; absent for all there is
 */
public record Limits(OptionalLong cpuMillis, OptionalLong memoryBytes) {

    /** None. */
    public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty());
}
