// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import dev.chaosjunit.observe.profile.Profile.Sample;

/**
 * A profile of a pod.
 *
 * @param profile of that kind, as {@link ProfileKind#isOf} has it
 */
public record TakenProfile(String pod, ProfileKind kind, Profile profile) {
    public TakenProfile {
        if (!kind.isOf(profile)) {
            throw new IllegalArgumentException("a profile of " + profile.types() + ", not of " + kind);
        }
    }

    /** How often what a sample stands for was seen. */
    long seen(Sample sample) {
        return sample.values().get(0);
    }

    /** How much it is, in the unit of the kind. */
    double amount(Sample sample) {
        return kind.told(sample.values().get(profile.types().indexOf(kind.amount())));
    }
}
