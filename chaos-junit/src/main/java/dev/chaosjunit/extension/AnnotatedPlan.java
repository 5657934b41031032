// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.HostProgram;
import dev.chaosjunit.Traces;
import dev.chaosjunit.cluster.GoFlags;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.HostProgramSpec;
import dev.chaosjunit.cluster.ImageSpec;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.render.NamedManifests;
import dev.chaosjunit.experiment.WindowLengths;
import dev.chaosjunit.observe.trace.OtlpProtocol;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.session.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code @ChaosTest}, {@code @GoImage} and {@code @HostProgram}: what is to be brought up. */
final class AnnotatedPlan {
    private AnnotatedPlan() {}

    static Optional<Plan> read(AnnotatedPlaces places) {
        List<ImageSpec> images = new ArrayList<>();
        images.addAll(places.all(GoImage.class, AnnotatedPlan::read));
        images.addAll(places.all(HostProgram.class, AnnotatedPlan::read));
        Optional<OtlpProtocol> traces = places.one(Traces.class, (annotation, source) -> annotation.protocol());
        return places.one(ChaosTest.class, (annotation, source) -> read(annotation, images, traces, source));
    }

    private static GoImageSpec read(GoImage image, AnnotationSource source) {
        return source.build(() -> new GoImageSpec(
                image.name(),
                List.of(image.main()),
                Path.of(image.directory()).toAbsolutePath().normalize(),
                List.of(image.files()),
                image.workingDir(),
                new GoFlags(List.of(image.buildFlags()), image.ldflags(), List.of(image.tags()), image.cgo())));
    }

    private static HostProgramSpec read(HostProgram program, AnnotationSource source) {
        return source.build(() -> new HostProgramSpec(
                program.image(),
                List.of(program.command()),
                program.prepare(),
                program.user(),
                List.of(program.packages())));
    }

    private static NamedManifests named(ChaosTest annotation) {
        NamedManifests named = new NamedManifests(List.of(annotation.values()));
        named.requireChart(List.of(annotation.manifests()));
        return named;
    }

    private static Plan read(
            ChaosTest annotation, List<ImageSpec> images, Optional<OtlpProtocol> traces, AnnotationSource source) {
        Duration readyWithin = source.read("readyWithin", annotation.readyWithin(), Durations::parse);
        Duration baseline = source.read("baseline", annotation.baseline(), Durations::parse);
        Duration recovery = source.read("recovery", annotation.recovery(), Durations::parse);
        Duration recoverWithin = source.read("recoverWithin", annotation.recoverWithin(), Durations::parse);
        NamedManifests named = source.build(() -> named(annotation));
        List<ManifestSource> manifests = Arrays.stream(annotation.manifests())
                .flatMap(name -> source.read("manifests", name, named::read).stream())
                .toList();
        return source.build(() -> new Plan(
                manifests,
                List.of(annotation.ignore()),
                images,
                annotation.runtime(),
                readyWithin,
                new WindowLengths(baseline, recovery, recoverWithin),
                traces));
    }
}
