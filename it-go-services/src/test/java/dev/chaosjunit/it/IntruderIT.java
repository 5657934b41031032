// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A pod that tries to leave its bounds")
@ChaosTest(manifests = "classpath:intruder.yaml")
@GoImage(name = "intruder", main = "./src/test/go/intruder")
@TestInstance(Lifecycle.PER_CLASS)
class IntruderIT {

    private static final String SECRET = "hush-4c1d0e77";
    private static final String MARKS = "leave marks everywhere";

    @TempDir
    private static Path temporary;

    private final String mark = "intruder-was-here-" + ProcessHandle.current().pid();
    private final Map<String, String> outcomes = new TreeMap<>();

    /** Once for all tests. */
    private Map<String, String> outcomes(ChaosRun run) throws IOException {
        if (outcomes.isEmpty()) {
            attempt(run);
        }
        return outcomes;
    }

    private void attempt(ChaosRun run) throws IOException {
        Path socket = temporary.resolve("socket");
        try (OpenPort open = new OpenPort(socket)) {
            List<String> addresses = open.addresses();
            assertThat(addresses).isNotEmpty().allMatch(open::answers); // to this JVM they do
            String lines = given().baseUri(run.service("intruder").url())
                    .queryParam("mark", mark)
                    .queryParam("pid", ProcessHandle.current().pid())
                    .queryParam("secret", SECRET)
                    .queryParam("socket", socket.toString())
                    .queryParam("address", addresses)
                    .queryParam("port", open.port())
                    .get("/try")
                    .asString();
            lines.lines().map(line -> line.split("\t", 2)).forEach(words -> outcomes.put(words[0], words[1]));
        }
        outcomes.forEach((name, outcome) -> System.out.println(name + ": " + outcome));
    }

    @Test
    @DisplayName("fails at each attempt")
    void nothingDone(ChaosRun run) throws IOException {
        assertThat(outcomes(run))
                .containsKeys("read /etc/shadow", "signal the test", "read another pod's environment", "open a disk");
        assertThat(outcomes)
                .allSatisfy((name, outcome) -> assertThat(outcome.startsWith("DONE") && !name.equals(MARKS))
                        .as("%s: %s", name, outcome)
                        .isFalse());
    }

    @Test
    @DisplayName("writes to files of its own alone")
    void noMarks(ChaosRun run) throws IOException {
        assertThat(outcomes(run).get(MARKS)).matches("DONE [1-9][0-9]*");
        assertThat(Stream.of(
                                "/",
                                "/etc",
                                "/tmp",
                                "/var/tmp",
                                "/root",
                                "/home",
                                "/usr/local/bin",
                                "/dev",
                                "/dev/shm",
                                "")
                        .map(directory -> Path.of(directory, mark)))
                .noneMatch(Files::exists);
    }

    @Test
    @DisplayName("has its neighbour's secret kept out of command lines")
    void commandLines() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            assertThat(processes.map(process -> read(process.resolve("cmdline"))))
                    .anyMatch(line -> line.contains("chaos-junit-container"))
                    .noneMatch(line -> line.contains(SECRET));
        }
    }

    /** Empty for what is no process, or is one no more. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
