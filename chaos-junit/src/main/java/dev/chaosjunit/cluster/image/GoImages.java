// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.cluster.GoImageSpec;
import java.nio.file.Path;
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
        return declared.stream()
                .filter(spec -> spec.name().equals(image) || spec.name().equals(withoutTag(image)))
                .findFirst();
    }

    /** The executable, built unless this JVM has built it. */
    public Path build(GoImageSpec spec) {
        return build.buildOnce(spec);
    }

    /** Names of the declared images, for messages. */
    public List<String> names() {
        return declared.stream().map(GoImageSpec::name).toList();
    }

    private static String withoutTag(String image) {
        int colon = image.lastIndexOf(':');
        return colon > image.lastIndexOf('/') ? image.substring(0, colon) : image;
    }
}
