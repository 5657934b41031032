// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What nobody thought of is read or refused, and never ends in another exception. */
@DisplayName("Manifests that are broken at random")
class BrokenManifestsTests {
    private static final int TRIES = 1_000;
    private static final List<String> SCRAPS = List.of(
            "",
            "~",
            "{}",
            "[]",
            "[[]]",
            "- x",
            "x",
            "\"\"",
            "-1",
            "99999999999",
            "1e999999999",
            "0x1",
            "08",
            "yes",
            "*x",
            "&x",
            "<<: {a: b}",
            "<<: [1]",
            "{a: {b: [c]}}",
            "[{}]",
            "!!int x",
            "null: null",
            "? [a]\n: b",
            "\t",
            "'",
            "{name: {}}");

    @Test
    @DisplayName("are refused with a message or read")
    void random() {
        Random random = new Random(7);
        List<String> crashes = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            String yaml = broken(whole(), random);
            try {
                ManifestReader.read(List.of(new ManifestSource("broken.yaml", yaml)), List.of());
            } catch (ClusterException e) {
                refused++;
            } catch (RuntimeException | StackOverflowError e) {
                crashes.add(e + " at " + e.getStackTrace()[0] + "\n" + yaml);
            }
        }

        assertThat(crashes).isEmpty();
        assertThat(refused).isBetween(TRIES / 2, TRIES - 1);
    }

    private static List<String> whole() {
        return Stream.of(
                        ManifestReaderTests.SHOP,
                        EnvReaderTests.POD.replace("name: api", "name: env"),
                        VolumeReaderTests.POD)
                .map(yaml -> yaml.replace("VARIABLES", "envFrom: [{configMapRef: {name: settings}}]")
                        .replace("VOLUME", "{name: v, projected: {sources: [{secret: {name: keys}}]}}"))
                .flatMap(yaml -> Stream.concat(yaml.lines(), Stream.of("---")))
                .toList();
    }

    /** Some lines go, come twice, or lose their value for another. */
    private static String broken(List<String> whole, Random random) {
        List<String> lines = new ArrayList<>(whole);
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            String scrap = SCRAPS.get(random.nextInt(SCRAPS.size()));
            switch (random.nextInt(4)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, line);
                case 2 -> lines.set(at, line.replaceFirst("(: ?)[^:]*$", "$1" + scrap.replace("$", "")));
                default -> lines.set(at, line.replaceFirst("[\\[{].*", scrap));
            }
        }
        return String.join("\n", lines);
    }
}
