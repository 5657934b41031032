// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The small Go program of the tests, brought up from {@code cluster/hello.yaml}. */
final class HelloCluster {

    /** Each JVM has one of its own, as Maven runs several. */
    static final Path WORK = Path.of("target/local-cluster", System.getProperty("surefire.forkNumber", "1"))
            .toAbsolutePath();

    /** Shared by all tests: the linker works once. */
    static final Path PROGRAMS = WORK.resolve("images");

    private static final Path RESOURCES = Path.of("src/test/resources/cluster").toAbsolutePath();

    private HelloCluster() {}

    static LocalCluster start() {
        return start(UnaryOperator.identity(), Duration.ofSeconds(60));
    }

    /** Start with pods whose template names a RuntimeClass. */
    static LocalCluster start(String runtimeClass) {
        String containers = "      containers:\n";
        String named = "      runtimeClassName: " + runtimeClass + "\n" + containers;
        return start(yaml -> yaml.replace(containers, named), Duration.ofSeconds(60));
    }

    /** Start with a changed manifest. */
    static LocalCluster start(UnaryOperator<String> change, Duration readyWithin) {
        return startOf("hello.yaml", change, readyWithin);
    }

    private static LocalCluster start(List<ManifestSource> manifests, Duration readyWithin) {
        return LocalCluster.start(
                ManifestReader.read(manifests, List.of()),
                List.of(image("hello")),
                PROGRAMS,
                built -> {},
                Collector.NONE,
                readyWithin,
                WORK);
    }

    /** Start what another manifest says. */
    static LocalCluster startOf(String file) {
        return startOf(file, UnaryOperator.identity(), Duration.ofSeconds(60));
    }

    /** The same, changed. */
    static LocalCluster startOf(String file, UnaryOperator<String> change, Duration readyWithin) {
        return start(List.of(new ManifestSource(file, change.apply(manifest(file)))), readyWithin);
    }

    static String manifest() {
        return manifest("hello.yaml");
    }

    private static String manifest(String file) {
        try {
            return Files.readString(RESOURCES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An image of the name {@code hello}, built from a directory beside the manifest. */
    static GoImageSpec image(String directory) {
        return new GoImageSpec("hello", ".", RESOURCES.resolve(directory));
    }

    /** The answer to a GET, whatever its status; the connection is closed after it. */
    static String get(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(5000);
        connection.setReadTimeout(5000);
        try (InputStream body =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }
}
