// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.Profiles;
import dev.chaosjunit.experiment.WantedProfiles;
import dev.chaosjunit.observe.profile.ProfileKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

@DisplayName("An annotation on profiles")
class AnnotatedProfilesTests {

    @Test
    @DisplayName("wants those of processor and goroutines, or others, and none where it is not there")
    void wanted() {
        assertThat(read(PlainTestCase.class)).isEmpty();
        assertThat(read(ProfiledTestCase.class))
                .contains(new WantedProfiles(List.of(ProfileKind.CPU, ProfileKind.GOROUTINE), "admin"));
        assertThat(read(OtherTestCase.class)).contains(new WantedProfiles(List.of(ProfileKind.HEAP), "pprof"));
    }

    @Test
    @DisplayName("is refused where it wants none, with its place and the kinds that there are")
    void none() {
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> read(NoneTestCase.class))
                .withMessageContaining("@Profiles on NoneTestCase")
                .withMessageContaining("[cpu, goroutine, heap, block, mutex]");
    }

    private static Optional<WantedProfiles> read(Class<?> testCase) {
        return AnnotatedParts.profiles(new AnnotatedPlaces(List.of(testCase)));
    }

    static class PlainTestCase {}

    @Profiles
    static class ProfiledTestCase {}

    @Profiles(value = ProfileKind.HEAP, port = "pprof")
    static class OtherTestCase {}

    @Profiles({})
    static class NoneTestCase {}
}
