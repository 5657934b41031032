// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.chaosjunit.quantity.Percent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Bursts")
class BurstsTests {

    @ParameterizedTest(name = "{0} in bursts of {1} with {2}, and {3} between them")
    @CsvSource({
        "10%, 4,   100%, 0%",
        "10%, 4,   50%,  0%",
        "5%,  20,  80%,  1%",
        "40%, 3,   60%,  20%",
        "75%, 7,   90%,  10%",
        "1%,  200, 30%,  0.5%"
    })
    @DisplayName("tell as much less of their share as the number of hits varies more, step by step through the channel")
    void spread(String share, int length, String within, String between) {
        Share asked = bursts(share, length, within, between).asked();

        assertThat(asked.asked()).isEqualTo(Percent.parse(share));
        assertThat(asked.spread())
                .isCloseTo(
                        spread(fraction(share), length, fraction(within), fraction(between)),
                        within(1e-6 * asked.spread()));
    }

    /**
     * How much more the number of hits in many packets varies than if each were drawn by itself: one, and twice the correlation
     * of a packet with each that follows it. The channel is followed as it is defined: a burst ends with every packet by 1 in
     * {@code length}, and begins so often that the share comes out.
     */
    private static double spread(double share, int length, double within, double between) {
        double ends = 1.0 / length;
        double inBursts = (share - between) / (within - between);
        double begins = ends * inBursts / (1 - inBursts);
        double stillIn = 1; // that a packet is in a burst, where the first one was
        double newlyIn = 0; // and where it was in none
        double spread = 1;
        for (int k = 1; k < 100_000; k++) {
            stillIn = stillIn * (1 - ends) + (1 - stillIn) * begins;
            newlyIn = newlyIn * (1 - ends) + (1 - newlyIn) * begins;
            double bothHit = inBursts * within * hit(stillIn, within, between)
                    + (1 - inBursts) * between * hit(newlyIn, within, between);
            spread += 2 * (bothHit - share * share) / (share * (1 - share));
        }
        return spread;
    }

    private static double hit(double inBurst, double within, double between) {
        return inBurst * within + (1 - inBurst) * between;
    }

    @Test
    @DisplayName("that begin as often as they end tell all of their share: after any packet half of them are lost")
    void byThemselves() {
        assertThat(bursts("50%", 2, "100%", "0%").asked().spread()).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest(name = "{0} in bursts of {1} with {2}, and {3} between them")
    @CsvSource({
        "10%, 1,      100%, 0%",
        "10%, 100000, 100%, 0%",
        "75%, 3,      100%, 0%", // three lost, one that is not
        "50%, 1,      100%, 0%",
        "50%, 1,      75%,  25%",
        "75%, 1,      100%, 50%"
    })
    @DisplayName("have one packet or more between them, and 1 to 100000 in them")
    void allowed(String share, int length, String within, String between) {
        assertThat(bursts(share, length, within, between).length()).isEqualTo(length);
    }

    @ParameterizedTest(name = "{0} in bursts of {1} with {2}, and {3} between them")
    @CsvSource({
        "75%, 2, 100%, 0%,  burst = 2 is too short for a loss of 75%",
        "51%, 1, 100%, 0%,  burst = 1 is too short for a loss of 51%",
        "51%, 1, 75%,  25%, burst = 1 is too short for a loss of 51%",
        "76%, 1, 100%, 50%, burst = 1 is too short for a loss of 76%",
        "10%, 0, 100%, 0%,  'burst must be 1 to 100000 packets, but is 0'",
        "10%, 100001, 100%, 0%, 'burst must be 1 to 100000 packets, but is 100001'"
    })
    @DisplayName("are refused where there would be less than one packet between two of them, or none in them")
    void refused(String share, int length, String within, String between, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bursts(share, length, within, between))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "100%, 0%, '5% of packets, in bursts of 20'",
        "80%,  0%, '5% of packets, in bursts of 20 that lose 80%'",
        "100%, 1%, '5% of packets, in bursts of 20, 1% between them'"
    })
    @DisplayName("say what is unusual of them: that not all in them are lost, or some outside of them")
    void described(String within, String between, String words) {
        assertThat(bursts("5%", 20, within, between)).hasToString(words);
    }

    private static Bursts bursts(String share, int length, String within, String between) {
        return new Bursts(Percent.parse(share), length, Percent.parse(within), Percent.parse(between));
    }

    private static double fraction(String percent) {
        return Percent.parse(percent).fraction();
    }
}
