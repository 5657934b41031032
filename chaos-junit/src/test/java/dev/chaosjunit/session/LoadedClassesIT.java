// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ManifestFiles;
import dev.chaosjunit.experiment.WindowLengths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A session on the local runtime")
class LoadedClassesIT {

    @Test
    @DisplayName("starts without a class of what only the other runtimes need, so that a first test is quick")
    void local(@TempDir Path directory) throws IOException, InterruptedException {
        Path loaded = directory.resolve("loaded");
        Path output = directory.resolve("output");
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process jvm = new ProcessBuilder(
                        java,
                        "-Xlog:class+load:file=" + loaded + "::filecount=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(jvm.waitFor()).as(() -> read(output)).isZero();
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains(" dev.chaosjunit.cluster.local.LocalCluster "))
                .noneMatch(line -> line.contains(" org.testcontainers.")
                        || line.contains(" com.github.dockerjava.")
                        || line.contains(" com.google.cloud.tools.jib.")
                        || line.contains(" org.bouncycastle.")
                        || line.contains(" io.fabric8.kubernetes.client."));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Opens a session and closes it. */
    static final class Child {
        private static final String SERVICE = "src/test/resources/cluster/hello";

        private Child() {}

        public static void main(String[] arguments) {
            Plan plan = new Plan(
                    ManifestFiles.read(SERVICE + ".yaml"),
                    List.of(),
                    List.of(new GoImageSpec("hello", ".", Path.of(SERVICE).toAbsolutePath())),
                    ClusterRuntime.LOCAL,
                    Duration.ofSeconds(60),
                    new WindowLengths(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));
            Session.open(Preflight.of(plan), List.of(), "loaded-classes", new Settings(name -> Optional.empty()))
                    .close();
        }
    }
}
