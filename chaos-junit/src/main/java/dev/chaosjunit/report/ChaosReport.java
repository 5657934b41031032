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

/**
 * The report directory: {@code <id>.json} and {@code <id>.prom} for each experiment, and one {@code index.html} over all.
 *
 * <p>Threads, test classes and JVM forks may write to one directory at the same time: a lock file orders them, and each
 * file is replaced as a whole, so that a reader never sees half of one.
 */
public final class ChaosReport {
    private ChaosReport() {}

    /**
     * Add a result to the directory and write its page anew. A result with the same id is replaced.
     *
     * @param directory made where it is missing
     * @return the path of {@code index.html}
     * @throws UncheckedIOException when the directory cannot be written
     */
    public static Path write(ExperimentResult result, Path directory) {
        // A test that timed out leaves its thread interrupted, and that would break the lock and lose the report.
        boolean interrupted = Thread.interrupted();
        try {
            return writeLocked(result, directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the chaos report to " + directory.toAbsolutePath(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Path writeLocked(ExperimentResult result, Path directory) throws IOException {
        Files.createDirectories(directory);
        String name = FileNames.of(result.id());
        // A file lock belongs to the JVM, so the threads of this one need a lock of their own.
        synchronized (ChaosReport.class) {
            try (FileChannel channel = lockFile(directory)) {
                channel.lock(); // released when the channel is closed
                replace(directory.resolve(name + ".json"), ResultFiles.write(result));
                replace(directory.resolve(name + ".prom"), Metrics.text(result));
                return replace(directory.resolve("index.html"), Page.html(ResultFiles.readAll(directory)));
            }
        }
    }

    private static FileChannel lockFile(Path directory) throws IOException {
        return FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Path replace(Path file, String content) throws IOException {
        Path whole = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.writeString(whole, content);
        return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
