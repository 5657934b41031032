// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ExperimentResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The report directory: {@code <id>.json} and {@code <id>.prom} for each experiment, and one {@code index.html} over all
 * that one run of tests brought forth.
 *
 * <p>Threads, test classes and JVM forks may write to one directory at the same time: a lock file orders them, and each
 * file is replaced as a whole, so that a reader never sees half of one.
 *
 * @param directory made where it is missing
 * @param since when the run began: results that are older are removed
 */
public record ChaosReport(Path directory, Instant since) {

    /** That of the run which this JVM belongs to. */
    public static ChaosReport in(Path directory) {
        return new ChaosReport(directory, RunStart.found());
    }

    /**
     * Add a result to the directory and write its page anew. One whose id this run has already, as of a test that is run
     * once more because it failed, gets an id and a title with a number.
     *
     * @return the path of {@code index.html}
     * @throws UncheckedIOException when the directory cannot be written
     */
    public Path write(ExperimentResult result) {
        // A test that timed out leaves its thread interrupted, and that would break the lock and lose the report.
        boolean interrupted = Thread.interrupted();
        try {
            return writeLocked(result);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the chaos report to " + directory.toAbsolutePath(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Path writeLocked(ExperimentResult result) throws IOException {
        Files.createDirectories(directory);
        // A file lock belongs to the JVM, so the threads of this one need a lock of their own.
        synchronized (ChaosReport.class) {
            try (FileChannel channel = lockFile()) {
                channel.lock(); // released when the channel is closed
                removeOlder();
                ExperimentResult numbered =
                        numbered(result, ResultFiles.readAll(directory).results());
                replace(json(numbered), ResultFiles.write(numbered));
                replace(metrics(numbered), Metrics.text(numbered));
                return replace(directory.resolve("index.html"), Page.html(ResultFiles.readAll(directory)));
            }
        }
    }

    private void removeOlder() throws IOException {
        for (ExperimentResult result : ResultFiles.readAll(directory).results()) {
            if (result.started().isBefore(since)) {
                Files.deleteIfExists(json(result));
                Files.deleteIfExists(metrics(result));
            }
        }
    }

    private static ExperimentResult numbered(ExperimentResult result, List<ExperimentResult> earlier) {
        Set<String> ids = earlier.stream().map(ExperimentResult::id).collect(Collectors.toSet());
        ExperimentResult numbered = result;
        for (int run = 2; ids.contains(numbered.id()); run++) {
            numbered = result.like(result.id() + "-run-" + run, result.title() + " (run " + run + ")")
                    .build();
        }
        return numbered;
    }

    private Path json(ExperimentResult result) {
        return directory.resolve(FileNames.of(result.id()) + ".json");
    }

    private Path metrics(ExperimentResult result) {
        return directory.resolve(FileNames.of(result.id()) + ".prom");
    }

    private FileChannel lockFile() throws IOException {
        return FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Path replace(Path file, String content) throws IOException {
        Path whole = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.writeString(whole, content);
        return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
