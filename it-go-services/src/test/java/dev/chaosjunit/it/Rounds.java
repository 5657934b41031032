// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** A test that is run once, or again and again, on the same services, for its share of {@code chaos.soak.minutes}. */
@TestTemplate
@ExtendWith(Rounds.Provider.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Rounds {

    /** Asked for the next round when the one before it is over. */
    final class Provider implements TestTemplateInvocationContextProvider {
        private static final Duration SOAK = Duration.ofMinutes(Integer.getInteger("chaos.soak.minutes", 0));

        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
            long tests = Stream.of(context.getRequiredTestClass().getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Rounds.class))
                    .count();
            long end = System.nanoTime() + SOAK.dividedBy(tests).toNanos();
            return Stream.iterate(1, round -> round == 1 || System.nanoTime() < end, round -> round + 1)
                    .map(Provider::round);
        }

        private static TestTemplateInvocationContext round(int number) {
            return new TestTemplateInvocationContext() {
                @Override
                public String getDisplayName(int invocation) {
                    return "round " + number;
                }
            };
        }
    }
}
