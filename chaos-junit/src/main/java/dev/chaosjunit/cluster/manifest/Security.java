// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.Optional;
import java.util.Set;

/**
 * As whom a container runs and what it may do: the container's {@code securityContext}, and where that is silent the
 * pod's.
 *
 * @param user its uid; absent for the image's
 * @param group its gid; absent for the image's
 * @param groups more groups of its processes, {@code fsGroup} among them
 * @param fsGroup the group of files in its volumes
 * @param nonRoot refuse to start as uid 0
 * @param readOnlyRoot nothing but volumes can be written
 * @param add capabilities beyond a container's default ones, without {@code CAP_}; {@code ALL} for all
 * @param drop capabilities to go without, likewise
 * @param escalation whether programs may gain privileges by setuid or file capabilities
 */
public record Security(
        Optional<Long> user,
        Optional<Long> group,
        Set<Long> groups,
        Optional<Long> fsGroup,
        boolean nonRoot,
        boolean readOnlyRoot,
        Set<String> add,
        Set<String> drop,
        boolean escalation) {

    /** As the image says, with a container's default rights. */
    public static final Security DEFAULT = new Security(
            Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), false, false, Set.of(), Set.of(), true);

    public Security {
        groups = Set.copyOf(groups);
        add = Set.copyOf(add);
        drop = Set.copyOf(drop);
    }
}
