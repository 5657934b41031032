// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The page of an annotation")
class AnnotationPagesTests {

    /** All that a test author can write. */
    static Stream<Class<?>> annotations() throws IOException, ClassNotFoundException {
        String sources = "../chaos-junit/src/main/java/dev/chaosjunit";
        Stream.Builder<Class<?>> found = Stream.builder();
        try (Stream<Path> files = Files.list(Path.of(sources))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (!name.equals("package-info") && file.toString().endsWith(".java")) {
                    Class<?> type = Class.forName(ChaosTest.class.getPackageName() + "." + name);
                    if (type.isAnnotation()) {
                        found.add(type);
                    }
                }
            }
        }
        return found.build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("annotations")
    @DisplayName("has every element, with its default")
    void elements(Class<?> annotation) {
        Page page = Page.read(Page.ROOT.resolve("docs/annotations/" + kebab(annotation.getSimpleName()) + ".md"));
        assertThat(page.text()).startsWith("# @" + annotation.getSimpleName() + "\n");
        for (Method element : annotation.getDeclaredMethods()) {
            assertThat(page.text().lines().filter(line -> line.startsWith("| `" + element.getName() + "` | ")))
                    .as("%s needs a row | `%s` | type | default | what |", page, element.getName())
                    .singleElement()
                    .extracting(line -> line.split(" \\| ", -1)[2])
                    .as("the default of %s in %s", element.getName(), page)
                    .isEqualTo(shown(element.getDefaultValue()));
        }
        assertThat(page.text().lines().filter(line -> line.startsWith("| `")).map(line -> line.split("`", -1)[1]))
                .as("elements that %s names", page)
                .isSubsetOf(Arrays.stream(annotation.getDeclaredMethods())
                        .map(Method::getName)
                        .toList());
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "needed";
        }
        if (value.getClass().isArray()) {
            return Array.getLength(value) == 0 ? "none" : "`" + listed(value) + "`";
        }
        return value.toString().isEmpty() ? "none" : "`" + value + "`";
    }

    /** Enum constants as they stand in a program, whatever their texts. */
    private static String listed(Object array) {
        return IntStream.range(0, Array.getLength(array))
                .mapToObj(i -> Array.get(array, i))
                .map(each -> each instanceof Enum<?> constant ? constant.name() : each.toString())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** As pages are called: {@code io-uring-fault}. */
    private static String kebab(String name) {
        return name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
