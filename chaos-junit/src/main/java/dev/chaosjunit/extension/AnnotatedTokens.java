// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.jwt.Bearer;
import dev.chaosjunit.jwt.JwtChaos;
import dev.chaosjunit.jwt.JwtKey;
import dev.chaosjunit.jwt.JwtMutation;
import dev.chaosjunit.load.Expected;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * {@code @JwtChaos}: what is done to tokens.
 *
 * @param good the token that the test made, for loads that have none
 */
record AnnotatedTokens(JwtChaos chaos, Optional<String> good) {

    static Optional<AnnotatedTokens> read(AnnotatedPlaces places, Class<?> testClass) {
        return places.one(dev.chaosjunit.JwtChaos.class, (annotation, source) -> read(annotation, source, testClass));
    }

    private static AnnotatedTokens read(
            dev.chaosjunit.JwtChaos annotation, AnnotationSource source, Class<?> testClass) {
        Percent share = source.read("share", annotation.share(), Percent::parse);
        Duration duration = source.read("duration", annotation.duration(), Durations::parse);
        Duration leeway = source.read("leeway", annotation.leeway(), Durations::parse);
        Optional<JwtKey> key = given(annotation.key()).map(text -> source.read("key", text, KeyText::parse));
        Optional<String> good = given(annotation.tokenFrom())
                .map(name -> source.read("tokenFrom", name, method -> token(method, testClass)));
        List<JwtMutation> custom = Arrays.stream(annotation.custom())
                .map(type -> source.read("custom", type.getName(), unused -> made(type)))
                .toList();
        Map<String, List<Expected.Statuses>> expect = new HashMap<>();
        for (String text : annotation.expect()) {
            String[] parts = source.read("expect", text, AnnotatedTokens::expected);
            expect.put(parts[0], source.read("expect", parts[1], Expected::parse));
        }
        JwtChaos chaos = source.build(() -> new JwtChaos(
                List.of(annotation.mutations()), custom, share, duration, key, leeway, annotation.otherUser(), expect));
        return new AnnotatedTokens(chaos, good);
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String[] expected(String text) {
        String[] parts = text.split(":\\s*", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no status of a mutation: expected \"OTHER_USER: 404\"");
        }
        return parts;
    }

    private static JwtMutation made(Class<? extends JwtMutation> type) {
        try {
            return ReflectionSupport.newInstance(type);
        } catch (JUnitException | IllegalStateException e) {
            throw new IllegalArgumentException(type.getName() + " has no constructor without parameters", e);
        }
    }

    private static String token(String method, Class<?> testClass) {
        Method found = ReflectionSupport.findMethod(testClass, method)
                .filter(each -> Modifier.isStatic(each.getModifiers()))
                .filter(each -> each.getReturnType() == String.class)
                .orElseThrow(() -> new IllegalArgumentException("\"" + method + "\" is no static method of "
                        + testClass.getSimpleName() + " without parameters that returns a String"));
        return String.valueOf(ReflectionSupport.invokeMethod(found, null));
    }

    /** A load with the test's token, unless it has one. */
    LoadSpec carriedBy(LoadSpec load) {
        return good.map(token -> Bearer.given(load, token)).orElse(load);
    }
}
