// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosReportTests {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("a result is written as page, JSON and metrics, into a directory that is made where missing")
    void writesAllForms() throws IOException {
        Path page = new ChaosReport(directory.resolve("a/b"), Instant.EPOCH).write(Samples.passed());

        assertThat(page).isEqualTo(directory.resolve("a/b/index.html")).isRegularFile();
        assertThat(files(directory.resolve("a/b")))
                .containsExactlyInAnyOrder(
                        ".lock",
                        "index.html",
                        Samples.passed().id() + ".json",
                        Samples.passed().id() + ".prom");
    }

    @Test
    @DisplayName("one page has all experiments of the directory, the gravest first")
    void gathersResults() throws IOException {
        new ChaosReport(directory, Instant.EPOCH).write(Samples.passed());
        new ChaosReport(directory, Instant.EPOCH).write(Samples.inconclusive());
        String page = Files.readString(new ChaosReport(directory, Instant.EPOCH).write(Samples.failed()));

        assertThat(page).contains("<h1>2 of 3 experiments did not pass</h1>", "1 failed, 1 inconclusive, 1 passed");
        assertThat(Pattern.compile("<section id=\"([^\"-]+)")
                        .matcher(page)
                        .results()
                        .map(match -> match.group(1)))
                .containsExactly(
                        "FragileIT.noTimeoutLeaksGoroutines",
                        "OrderServiceIT.dnsOfPayments_2_",
                        "UserApiChaosIT.breakerAnswersWhileAuthCannotBeResolved");
    }

    @Test
    @DisplayName("a test that runs once more in the same run has a row for each of its runs, in their order")
    void keepsReruns() throws IOException {
        ChaosReport report = new ChaosReport(directory, Samples.passed().started());
        report.write(
                SampleResult.of("A.test", "A › test").started(report.since()).build());
        report.write(
                SampleResult.of("A.test", "A › test").started(report.since()).build());
        String page = Files.readString(report.write(
                SampleResult.of("A.test", "A › test").started(report.since()).build()));

        assertThat(page)
                .containsSubsequence(
                        "<a href=\"#A.test\">A › test</a>",
                        "<a href=\"#A.test-run-2\">A › test (run 2)</a>",
                        "<a href=\"#A.test-run-3\">A › test (run 3)</a>");
        assertThat(directory.resolve("A.test-run-3.prom")).isRegularFile();
    }

    @Test
    @DisplayName("results of earlier runs go when the next run has one, and nothing else of the directory")
    void removesEarlierRuns() throws IOException {
        ChaosReport earlier = new ChaosReport(directory, Instant.EPOCH);
        earlier.write(SampleResult.of("A.test").started(Instant.EPOCH).build());
        earlier.write(
                SampleResult.of("B.test").started(Instant.EPOCH.plusSeconds(59)).build());
        Files.writeString(directory.resolve("mine.json"), "{}");
        ChaosReport next = new ChaosReport(directory, Instant.EPOCH.plusSeconds(60));
        String page = Files.readString(
                next.write(SampleResult.of("A.test").started(next.since()).build()));

        assertThat(page).contains("The experiment passed").doesNotContain("B.test");
        assertThat(files(directory))
                .containsExactlyInAnyOrder(".lock", "index.html", "A.test.json", "A.test.prom", "mine.json");
    }

    @Test
    @DisplayName("a fault that never came to its pods is named in its row as one")
    void namesFaultsOfTheRefused() throws IOException {
        ExperimentResult refused = SampleResult.of("A.test")
                .outcome(Outcome.INCONCLUSIVE, "Nothing was injected: no tcx here")
                .faults(List.of(FaultResult.notInjected("NetworkDelay 5ms", "app=a", Unit.PACKET)))
                .build();
        String page = Files.readString(new ChaosReport(directory, Instant.EPOCH).write(refused));

        assertThat(page)
                .containsSubsequence("Nothing was injected: no tcx here", "? not injected", "NetworkDelay 5ms")
                .contains("app=a · not injected")
                .doesNotContain("hit nothing");
    }

    @Test
    @DisplayName("a fault whose packets were not counted has dashes for numbers, and says so")
    void notCounted() throws IOException {
        String page = Files.readString(new ChaosReport(directory, Instant.EPOCH).write(Samples.notCounted()));

        assertThat(page).contains("packets were not counted", "hit, not counted", "data-heading=\"Hit\">–</td>");
    }

    @Test
    @DisplayName("JSON that is no result of ours is named with its reason, and the others are shown")
    void listsForeignJson() throws IOException {
        Files.writeString(directory.resolve("broken.json"), "{\"version\": 10, \"id\": ");
        Files.writeString(directory.resolve("foreign.json"), "{\"name\": \"<b>npm</b>\"}");
        Files.writeString(directory.resolve("later.json"), "{\"version\": 11}");
        Files.writeString(directory.resolve("partial.json"), "{\"version\": 10, \"id\": \"a\", \"title\": null}");
        Files.writeString(directory.resolve("list.json"), "[1]");
        String page = Files.readString(new ChaosReport(directory, Instant.EPOCH).write(Samples.passed()));

        assertThat(page)
                .contains("The experiment passed")
                .contains("<code>broken.json</code>: Unexpected end-of-input")
                .contains("<code>foreign.json</code>: version is null, this page reads 10")
                .contains("<code>later.json</code>: version is 11, this page reads 10")
                .contains("<code>partial.json</code>: ")
                .contains("<code>list.json</code>: not a JSON object");
    }

    @Test
    @DisplayName("threads that write at the same time all get into the page")
    void toleratesThreads() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Callable<Path>> writes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ExperimentResult result = Samples.passedAs("Parallel.test" + i);
            writes.add(() -> new ChaosReport(directory, Instant.EPOCH).write(result));
        }
        for (Future<Path> write : pool.invokeAll(writes)) {
            write.get();
        }
        pool.shutdown();

        assertThat(Files.readString(directory.resolve("index.html"))).contains("All 12 experiments passed");
        assertThat(files(directory)).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    @DisplayName("JVMs that write at the same time all get into the page")
    void toleratesForks() throws Exception {
        List<Process> forks = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            forks.add(ReportingFork.start(name, 3, directory));
        }
        for (Process fork : forks) {
            assertThat(fork.waitFor(180, TimeUnit.SECONDS)).isTrue();
            assertThat(fork.exitValue()).isZero();
        }

        assertThat(Files.readString(directory.resolve("index.html"))).contains("All 6 experiments passed");
    }

    @Test
    @DisplayName("the report of a test that was interrupted is written, and the thread stays interrupted")
    void survivesInterrupt() {
        Thread.currentThread().interrupt();
        Path page = new ChaosReport(directory, Instant.EPOCH).write(Samples.passed());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(page).isRegularFile();
    }

    @Test
    @DisplayName("a directory that cannot be written is named in the error")
    void namesDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new ChaosReport(file, Instant.EPOCH).write(Samples.passed()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write the chaos report to " + file);
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
