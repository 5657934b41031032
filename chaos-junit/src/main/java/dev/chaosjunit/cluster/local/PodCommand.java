// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.image.HostPart;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a container runs: its image's program or the manifest's command, and the manifest's arguments. */
record PodCommand(ImageContent content, ContainerSpec container, Environment environment) {

    /**
     * The words.
     *
     * @param isFirst whether nothing has been prepared in the pod
     */
    List<String> words(boolean isFirst) {
        List<String> words = new ArrayList<>();
        if (isFirst) {
            content.host()
                    .map(HostPart::prepare)
                    .filter(text -> !text.isBlank())
                    .ifPresent(text -> words.addAll(List.of("sh", "-euc", text + "\nexec \"$@\"", "prepare")));
        }
        Stream.concat(command(), container.args().stream())
                .map(environment::expand)
                .forEach(words::add);
        return words;
    }

    private Stream<String> command() {
        if (!container.command().isEmpty()) {
            return container.command().stream();
        }
        String program = content.host()
                .map(host -> host.program().toString())
                .orElseGet(() -> content.entrypoint().get(0));
        return Stream.concat(Stream.of(program), content.entrypoint().stream().skip(1));
    }
}
