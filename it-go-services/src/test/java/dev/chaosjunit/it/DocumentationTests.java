// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The documentation")
class DocumentationTests {
    private static final Set<String> FROM_SOURCES = Set.of("java", "yaml", "xml", "go");
    private static final int FRONT_PAGE_LINES = 120;

    static Stream<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    @DisplayName("shows code that a test runs")
    void code(Page page) {
        page.blocks().filter(block -> FROM_SOURCES.contains(block.language())).forEach(block -> {
            assertThat(block.source())
                    .as("%s: a block needs <!-- from: FILE --> before it:%n%s", page, block.code())
                    .isNotEmpty();
            String source = Page.read(Page.ROOT.resolve(block.source())).text();
            assertThat(unindented(source).replace("@project.version@", "0.1.0-SNAPSHOT"))
                    .as("%s: the block is not what stands in %s", page, block.source())
                    .contains(unindented(block.code()));
        });
    }

    /** Lines alone count: what stands deeper in its file, or is left out there, is code all the same. */
    private static String unindented(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    @DisplayName("links to what there is")
    void links(Page page) {
        List<String> broken =
                page.links().filter(target -> !leadsSomewhere(page, target)).toList();
        assertThat(broken).as("links of %s", page).isEmpty();
    }

    private static boolean leadsSomewhere(Page page, String target) {
        String[] parts = target.split("#", 2);
        Path path = parts[0].isEmpty()
                ? page.path()
                : page.path().resolveSibling(parts[0]).normalize();
        return Files.exists(path)
                && (parts.length == 1 || Page.read(path).anchors().contains(parts[1]));
    }

    @Test
    @DisplayName("begins with a page that is read at one go, and names every other page")
    void front() {
        Page readme = Page.read(Page.ROOT.resolve("README.md"));
        assertThat(readme.text().lines().count()).isLessThanOrEqualTo(FRONT_PAGE_LINES);
        Page index = Page.read(Page.ROOT.resolve("docs/README.md"));
        assertThat(index.links().map(target -> index.path().resolveSibling(target)))
                .containsAll(Page.all()
                        .map(Page::path)
                        .filter(path -> path.startsWith("../docs") && !path.endsWith("README.md"))
                        .toList());
    }
}
