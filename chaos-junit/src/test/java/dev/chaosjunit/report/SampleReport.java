// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import java.nio.file.Path;
import java.time.Instant;

/** Writes the samples to a directory, to look at the page by eye after a change to it. */
final class SampleReport {
    private SampleReport() {}

    public static void main(String[] args) {
        Path directory = Path.of(args.length == 0 ? "target/sample-report" : args[0]);
        new ChaosReport(directory, Instant.EPOCH).write(Samples.passed());
        new ChaosReport(directory, Instant.EPOCH).write(Samples.failed());
        System.out.println(new ChaosReport(directory, Instant.EPOCH)
                .write(Samples.inconclusive())
                .toUri());
    }
}
