// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.observe.profile.ProfileKind;
import java.util.List;

/**
 * Which profiles are taken of the fault window.
 *
 * @param kinds one at least; none counts twice
 * @param port name of the container port that serves net/http/pprof
 */
public record WantedProfiles(List<ProfileKind> kinds, String port) {
    public WantedProfiles {
        kinds = kinds.stream().distinct().toList();
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException(
                    "no kind of profile is given: name one of " + List.of(ProfileKind.values()));
        }
    }
}
