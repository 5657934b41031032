// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.local.probe.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs commands in one life of a container, with its rights and in its cgroup.
 *
 * @param directory for what the agent is told
 */
record ContainerCommands(RootShell shell, Node node, Container container, PodProcess life, Path directory)
        implements Commands {

    private static final Pattern END = Pattern.compile("(?:exit|signal) \\d+|timeout");

    @Override
    public Outcome run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Path plan = Files.createTempFile(directory, "exec", ".plan");
        try {
            life.plan().running(command).write(plan);
            return run(words(plan, limit));
        } catch (UncheckedIOException | ClusterException e) {
            throw new IOException("not run: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(plan); // the agent has, if it came to that
        }
    }

    private Outcome run(List<String> words) throws IOException, InterruptedException {
        Process process = shell.start(words);
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exitCode = process.waitFor();
        String[] parts = said.split("\n", 2);
        if (exitCode != 0 || !END.matcher(parts[0]).matches()) {
            throw new IOException("not run: " + said.strip());
        }
        return new Outcome(parts[0], parts[1]);
    }

    private List<String> words(Path plan, Duration limit) {
        List<String> words = new ArrayList<>(node.inside());
        words.addAll(List.of("env", "-i", NodeAgent.path(node), "exec", plan.toString(), String.valueOf(life.pid())));
        String pod = container.pod().id().key();
        words.addAll(List.of(
                String.valueOf(limit.toMillis()),
                String.join("/", node.cgroup(), pod, container.spec().name())));
        return words;
    }
}
