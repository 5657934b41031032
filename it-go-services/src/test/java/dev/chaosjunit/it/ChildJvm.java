// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosParameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.platform.console.ConsoleLauncher;

/** A test class run by JUnit in a JVM of its own, which may be killed. */
record ChildJvm(Process process, BufferedReader reader) {
    /** What a child runs services by as its parent does, unless it is told otherwise. */
    private static final List<String> RUNTIME = List.of(ChaosParameters.RUNTIME, ChaosParameters.K3S_IMAGE);

    /** Its compiler is not to take the CPUs from the services. */
    private static final List<String> SHORT_LIFE = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Start JUnit on a class; the options go to the JVM. */
    static ChildJvm start(Class<?> testClass, String... options) throws IOException {
        return start(testClass, Map.of(), options);
    }

    /** Start JUnit on a class, with environment variables besides its own. */
    static ChildJvm start(Class<?> testClass, Map<String, String> environment, String... options) throws IOException {
        return start(List.of(), testClass, environment, options);
    }

    /** Start JUnit on a class as a shell starts a command, which Ctrl-C then ends with all that it has started. */
    static ChildJvm startInForeground(Class<?> testClass, String... options) throws IOException {
        List<String> asAShell = List.of("setsid", "env", "--default-signal=INT"); // whoever ignores it hands that on
        return start(asAShell, testClass, Map.of(), options);
    }

    /** Start JUnit on a class where there is no Docker Engine, as far as it can see. */
    static ChildJvm startWithoutDocker(Class<?> testClass, String... options) throws IOException {
        String hide = "mount --bind /dev/null /var/run/docker.sock && exec \"$@\"";
        List<String> prefix = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", hide, "sh"));
        if (!System.getProperty("user.name").equals("root")) {
            prefix.addAll(0, List.of("sudo", "-n"));
        }
        return start(prefix, testClass, Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"), options);
    }

    /**
     * Start JUnit on a class as a user who is not root but may use sudo, where this JVM's is root. In a mount namespace
     * of its own: the rule of sudoers is seen there only. The user may write what root made, such as Go's caches; the
     * directory of this module has a path there that all users can go.
     */
    static ChildJvm startWithoutRoot(Class<?> testClass, String... options) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return start(testClass, options);
        }
        String become = """
                set -e
                mount -t tmpfs -o mode=0755 sudoers /etc/sudoers.d
                echo 'nobody ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/chaos-junit
                chmod 0440 /etc/sudoers.d/chaos-junit
                mkdir -p /tmp/uring-reader # its files, which root's run left there
                mount -t tmpfs -o mode=1777 uring-reader /tmp/uring-reader
                mount --bind "${PWD%/*}" /mnt
                cd "/mnt/${PWD##*/}"
                exec setpriv --reuid nobody --regid nogroup --clear-groups \
                  --inh-caps +dac_override --ambient-caps +dac_override "$@"
                """;
        return start(List.of("unshare", "--mount", "sh", "-c", become, "sh"), testClass, Map.of(), options);
    }

    private static ChildJvm start(
            List<String> prefix, Class<?> testClass, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        RUNTIME.stream()
                .filter(parameter -> System.getProperty(parameter) != null)
                .forEach(parameter -> command.add("-D" + parameter + "=" + System.getProperty(parameter)));
        command.addAll(SHORT_LIFE);
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ConsoleLauncher.class.getName(),
                "execute",
                "--disable-banner",
                "--disable-ansi-colors",
                "--details=verbose",
                "--select-class=" + testClass.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("CI");
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new ChildJvm(process, process.inputReader());
    }

    /** Wait for its end, and return what it printed. */
    String output(Duration limit) throws IOException, InterruptedException {
        String all = reader.lines().collect(Collectors.joining("\n"));
        assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)).as(all).isTrue();
        return all;
    }

    /** Read on until a line is this one. */
    void awaitLine(String wanted) throws IOException {
        var unused = awaitLine(wanted::equals, wanted);
    }

    /** Read on until a line begins so, and return what it goes on with. */
    String awaitLineThatBegins(String beginning) throws IOException {
        return awaitLine(line -> line.startsWith(beginning), beginning).substring(beginning.length());
    }

    private String awaitLine(Predicate<String> isWanted, String wanted) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (isWanted.test(line.strip())) {
                return line.strip();
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("The JVM ended without the line \"" + wanted + "\": " + seen);
    }

    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** What a terminal sends. */
    void pressCtrlC() throws IOException, InterruptedException {
        Commands.run("kill", "-INT", "--", "-" + process.pid());
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }
}
