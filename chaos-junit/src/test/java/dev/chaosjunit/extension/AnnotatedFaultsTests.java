// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.ChaosFault;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.FaultKind;
import dev.chaosjunit.fault.FaultKinds;
import dev.chaosjunit.fault.PlainFault;
import dev.chaosjunit.quantity.Source;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

@DisplayName("An annotation of a user's own kind of fault")
class AnnotatedFaultsTests {
    private static final FaultKinds KINDS = new FaultKinds(List.of(kind("one", "two")));

    @Test
    @DisplayName("is read by the kind of its name, repeated, composed, or inherited from an interface")
    void read() {
        assertThat(faults(Twice.class)).extracting(Fault::describe).containsExactly("a-[x, y]", "b-[]");
        assertThat(faults(Composed.class)).extracting(Fault::describe).containsExactly("c-[]");
        assertThat(faults(Implementing.class)).extracting(Fault::describe).containsExactly("d-[]");
        assertThat(faults(AnnotatedFaultsTests.class)).isEmpty();
    }

    @Test
    @DisplayName("is refused where no such kind is registered, and the message says where it belongs")
    void noKind() {
        assertRefused(
                Unregistered.class,
                "@NetworkNowhere on Unregistered: there is no kind of fault named NetworkNowhere: a class with that"
                        + " name() belongs into META-INF/services/dev.chaosjunit.fault.FaultKind, where there are Hum");
    }

    @Test
    @DisplayName("is refused where it has the name of a kind and does nothing, because @ChaosFault is missing")
    void noMark() {
        assertRefused(
                Unmarked.class,
                "@dev.chaosjunit.extension.AnnotatedFaultsTests$Other$Hum has the name of a kind of fault and"
                        + " would do nothing: it needs @ChaosFault");
    }

    @Test
    @DisplayName("is refused where an element is missing that its kind reads, or its kind leaves one unread")
    void elements() {
        assertThatThrownBy(() -> faults(Twice.class, kind("one", "three")))
                .hasMessage("@Hum on Twice: there is no element three, which is read of it");
        assertThatThrownBy(() -> faults(Twice.class, kind("one", "one")))
                .hasMessage("@Hum(two) on Twice: the kind of fault does not read it, so it would do nothing");
    }

    private static void assertRefused(Class<?> place, String message) {
        assertThatThrownBy(() -> faults(place))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(message);
    }

    private static List<Fault> faults(Class<?> place) {
        return new AnnotatedFaults(KINDS).read(new AnnotatedPlaces(List.of(place)));
    }

    private static List<Fault> faults(Class<?> place, FaultKind kind) {
        return new AnnotatedFaults(new FaultKinds(List.of(kind))).read(new AnnotatedPlaces(List.of(place)));
    }

    private static FaultKind kind(String text, String texts) {
        return new FaultKind() {
            @Override
            public String name() {
                return "Hum";
            }

            @Override
            public Fault read(Source source) {
                return new PlainFault("Hum", source.text(text) + "-" + source.texts(texts));
            }
        };
    }

    /** Of a kind that there is. */
    static final class Own {
        @Retention(RetentionPolicy.RUNTIME)
        @Repeatable(Hums.class)
        @ChaosFault
        @interface Hum {
            String one();

            String[] two() default {};
        }

        @Retention(RetentionPolicy.RUNTIME)
        @interface Hums {
            Hum[] value();
        }

        private Own() {}
    }

    /** Of the same name by chance. */
    static final class Other {
        @Retention(RetentionPolicy.RUNTIME)
        @interface Hum {}

        private Other() {}
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ChaosFault
    @interface NetworkNowhere {}

    @Retention(RetentionPolicy.RUNTIME)
    @Own.Hum(one = "c")
    @interface Slow {}

    @Own.Hum(
            one = "a",
            two = {"x", "y"})
    @Own.Hum(one = "b")
    private static final class Twice {}

    @Slow
    private static final class Composed {}

    @Own.Hum(one = "d")
    private interface Marked {}

    private static final class Implementing implements Marked {}

    @NetworkNowhere
    private static final class Unregistered {}

    @Other.Hum
    private static final class Unmarked {}
}
