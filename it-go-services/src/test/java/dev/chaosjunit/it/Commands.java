// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands of this machine, as an operator would type them. */
final class Commands {
    private Commands() {}

    /** What it prints; it must succeed. */
    static String run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    /** As root, by sudo where that is needed. */
    static String runAsRoot(List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        if (!System.getProperty("user.name").equals("root")) {
            all.addAll(0, List.of("sudo", "-n"));
        }
        return run(all);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }
}
