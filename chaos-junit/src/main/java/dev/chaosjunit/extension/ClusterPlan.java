// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.experiment.Windows;
import dev.chaosjunit.quantity.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a test class needs to be brought up, whether annotations or a builder say so.
 *
 * @param manifests Kubernetes YAML
 * @param images what its images are built from
 * @param readyWithin how long pods may take
 * @param runtime where it is brought up, unless a parameter says otherwise
 * @param windows around each fault
 */
record ClusterPlan(
        List<ManifestSource> manifests,
        List<GoImageSpec> images,
        ClusterRuntime runtime,
        Duration readyWithin,
        Windows windows) {
    private static final String CLASSPATH = "classpath:";

    ClusterPlan {
        if (manifests.isEmpty()) {
            throw new IllegalArgumentException("manifests must name one at least");
        }
    }

    static Optional<ClusterPlan> read(AnnotatedPlaces elements) {
        List<GoImageSpec> images = elements.all(
                GoImage.class,
                (image, reader) -> new GoImageSpec(
                        image.name(),
                        image.main(),
                        Path.of(image.directory()).toAbsolutePath().normalize()));
        return elements.one(ChaosTest.class, (annotation, reader) -> read(annotation, images, reader));
    }

    private static ClusterPlan read(ChaosTest annotation, List<GoImageSpec> images, AnnotationSource reader) {
        Duration readyWithin = reader.read("readyWithin", annotation.readyWithin(), Durations::parse);
        Duration baseline = reader.read("baseline", annotation.baseline(), Durations::parse);
        Duration recovery = reader.read("recovery", annotation.recovery(), Durations::parse);
        Duration recoverWithin = reader.read("recoverWithin", annotation.recoverWithin(), Durations::parse);
        List<ManifestSource> manifests = Arrays.stream(annotation.manifests())
                .map(name -> reader.read("manifests", name, ClusterPlan::manifest))
                .toList();
        return reader.build(() -> new ClusterPlan(
                manifests, images, annotation.runtime(), readyWithin, new Windows(baseline, recovery, recoverWithin)));
    }

    /** Read {@code classpath:name}, or a file. */
    static ManifestSource manifest(String name) {
        try (InputStream in = open(name)) {
            return new ManifestSource(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static InputStream open(String name) throws IOException {
        if (!name.startsWith(CLASSPATH)) {
            Path file = Path.of(name).toAbsolutePath();
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("there is no file " + file + "; a resource is named classpath:NAME");
            }
            return Files.newInputStream(file);
        }
        String resource = name.substring(CLASSPATH.length());
        InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalArgumentException("there is no resource \"" + resource + "\" on the class path");
        }
        return in;
    }
}
