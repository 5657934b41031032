// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process in a network namespace of its own that has nothing but {@code lo}. Needs root. */
final class Pod implements AutoCloseable {

    private final Process process;

    private Pod(Process process) {
        this.process = process;
    }

    static Pod start() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "unshare", "--net", "sh", "-c", "ip link set lo up && echo up && exec sleep 60")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.inputReader(UTF_8).readLine() == null) {
            throw new IOException("unshare --net ended with exit code " + process.waitFor() + "; run as root");
        }
        return new Pod(process);
    }

    long pid() {
        return process.pid();
    }

    /** Run a command in the namespace and return what it prints. */
    String run(String... command) throws IOException, InterruptedException {
        List<String> inside = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid()), "-n"));
        inside.addAll(Arrays.asList(command));
        Process run = new ProcessBuilder(inside).redirectErrorStream(true).start();
        String output = new String(run.getInputStream().readAllBytes(), UTF_8);
        run.waitFor();
        return output;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
