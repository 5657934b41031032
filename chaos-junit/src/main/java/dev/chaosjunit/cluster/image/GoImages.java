// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.cluster.GoImageSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The declared Go packages behind image names. */
public final class GoImages {
    private final List<GoImageSpec> declared;
    private final GoBuild build;

    public GoImages(List<GoImageSpec> declared, GoBuild build) {
        this.declared = List.copyOf(declared);
        this.build = build;
    }

    /** What an image of the manifests is built from; its tag may be left out in the declaration. */
    public Optional<GoImageSpec> find(String image) {
        return declared.stream().filter(spec -> spec.isMeantBy(image)).findFirst();
    }

    /**
     * Look for the files of an image, before anything is built.
     *
     * @throws dev.chaosjunit.cluster.ClusterException when one of its globs names none
     */
    public void check(GoImageSpec spec) {
        var unused = new ImageFiles(spec).find();
    }

    /** What the image holds; its programs are built unless this JVM has built them. */
    public ImageContent build(GoImageSpec spec) {
        List<ImageFile> files = new ArrayList<>();
        List<Path> executables = build.buildOnce(spec);
        for (Path executable : executables) {
            files.add(new ImageFile(executable, ImageContent.PROGRAMS + executable.getFileName(), true));
        }
        if (!spec.workingDir().equals("/")) { // many manifests say command: [./server]
            executables.forEach(executable ->
                    files.add(new ImageFile(executable, spec.workingDir() + "/" + executable.getFileName(), true)));
        }
        if (spec.flags().cgo()) {
            executables.forEach(executable -> files.addAll(SharedLibraries.of(executable)));
        }
        files.addAll(new ImageFiles(spec).find());
        return new ImageContent(
                files.stream().distinct().toList(), List.of(files.get(0).target()), spec.workingDir());
    }

    /** Names of the declared images, for messages. */
    public List<String> names() {
        return declared.stream().map(GoImageSpec::name).toList();
    }
}
