// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.Content;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of a volume whose content the manifests give.
 *
 * @param path where the agent writes it, as the node sees it
 * @param mode its permissions
 * @param group that may read it; absent for root's
 */
record VolumeFile(Path path, int mode, Optional<Long> group, Content content) {

    /** As the agent reads it. */
    Stream<String> words() {
        return Stream.of(
                path.toString(),
                Integer.toOctalString(mode),
                VolumeView.number(group),
                HexFormat.of().formatHex(content.bytes()));
    }
}
