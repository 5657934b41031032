// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process of this machine, as its kernel tells of it. */
record OsProcess(long pid) {
    private static final double TICKS = 100; // a second, on every Linux

    /** The helper that was started last by this one. */
    static OsProcess newestHelper() throws IOException {
        long newest = -1;
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            if (name(process.pid()).equals("chaos-agent")) {
                newest = Math.max(newest, process.pid());
            }
        }
        if (newest < 0) {
            throw new IllegalStateException("no helper runs below this process");
        }
        return new OsProcess(newest);
    }

    private static String name(long pid) throws IOException {
        Path comm = Path.of("/proc", Long.toString(pid), "comm");
        return Files.exists(comm) ? Files.readString(comm).strip() : "";
    }

    static OsProcess thisJvm() {
        return new OsProcess(ProcessHandle.current().pid());
    }

    /** Bytes. */
    long resident() throws IOException {
        return status("VmRSS");
    }

    /** Since it began. */
    long mostResident() throws IOException {
        return status("VmHWM");
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Processor time so far, seconds. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS;
    }
}
