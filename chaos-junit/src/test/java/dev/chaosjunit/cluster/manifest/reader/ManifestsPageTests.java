// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code -Dgolden.update=true} writes the tables anew. */
@DisplayName("docs/manifests.md")
class ManifestsPageTests {
    private static final Path PAGE = Path.of("../docs/manifests.md");
    private static final Pattern REFUSED = Pattern.compile("\\| `(\\w+) ([\\w.]+)(: true)?` \\|");

    @Test
    @DisplayName("has the fields that are taken, and no others")
    void fields() throws IOException {
        List<String> lists = new ArrayList<>();
        Schema.lines("kinds.list")
                .map(line -> line.split(" +", -1))
                .filter(words -> words.length == 2)
                .forEach(words -> lists.add(words[1]));
        for (int i = 0; i < lists.size(); i++) {
            Schema.lines(lists.get(i) + ".fields")
                    .map(line -> line.split(" +", -1)[1])
                    .filter(type -> type.startsWith("=") && !lists.contains(type.substring(1)))
                    .forEach(type -> lists.add(type.substring(1)));
        }

        verify("fields", lists.stream().map(ManifestsPageTests::section).collect(joining("\n")));
    }

    @Test
    @DisplayName("has the kinds that are taken, and those that have no effect")
    void kinds() throws IOException {
        Map<Boolean, List<String>> kinds = new LinkedHashMap<>();
        Schema.lines("kinds.list")
                .map(line -> line.split(" +", -1))
                .forEach(words -> kinds.computeIfAbsent(words.length == 2, taken -> new ArrayList<>())
                        .add("`" + words[1] + "`" + (words.length == 2 ? " (" + words[0] + ")" : "")));

        verify(
                "kinds",
                "Taken: " + String.join(", ", kinds.get(true)) + ".\n\nWithout effect, of any version: "
                        + String.join(", ", kinds.get(false)) + ".\n");
    }

    @Test
    @DisplayName("names as refused only what is")
    void refused() throws IOException {
        List<String> rows = Files.readString(PAGE)
                .lines()
                .filter(line -> REFUSED.matcher(line).find())
                .toList();

        assertThat(rows).hasSizeGreaterThan(5).allSatisfy(row -> {
            var words = REFUSED.matcher(row);
            assertThat(words.find()).isTrue();
            Optional<Schema> schema = Optional.of(Schema.of(words.group(1)));
            for (String name : words.group(2).split("\\.", -1)) {
                schema = schema.map(known -> known.item().orElse(known)).flatMap(known -> known.field(name));
            }
            assertThat(schema.flatMap(Schema::type).map(FieldType::word))
                    .isEqualTo(words.group(3) == null ? Optional.empty() : Optional.of("false"));
        });
    }

    private static String section(String list) {
        List<String> taken = new ArrayList<>();
        List<String> withoutEffect = new ArrayList<>();
        lines(list).forEach(words -> {
            if (words.length == 2) {
                taken.add("| `" + words[0] + "` | " + value(words[1]) + " |\n");
            } else {
                withoutEffect.add("`" + words[0] + "`");
            }
        });
        return "### " + list + "\n\n| field | value |\n|---|---|\n" + String.join("", taken)
                + (withoutEffect.isEmpty() ? "" : "\nWithout effect: " + String.join(", ", withoutEffect) + ".\n");
    }

    private static String value(String type) {
        return type.startsWith("=")
                ? "[" + type.substring(1) + "](#" + type.substring(1) + ")"
                : FieldType.of(type).wanted();
    }

    private static Stream<String[]> lines(String list) {
        return Schema.lines(list + ".fields").map(line -> line.split(" +", -1));
    }

    private static void verify(String region, String expected) throws IOException {
        String begin = "<!-- " + region + ": begin -->\n";
        String page = Files.readString(PAGE);
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- " + region + ": end -->");
        if (Boolean.getBoolean("golden.update")) {
            page = page.substring(0, from) + "\n" + expected + "\n" + page.substring(to);
            Files.writeString(PAGE, page);
            to = page.indexOf("<!-- " + region + ": end -->");
        }
        assertThat(page.substring(from, to)).isEqualTo("\n" + expected + "\n");
    }
}
