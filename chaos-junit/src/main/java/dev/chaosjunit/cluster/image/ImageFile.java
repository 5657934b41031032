// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import java.nio.file.Path;

/**
 * A file of an image.
 *
 * @param source where it is on this machine
 * @param target where it is in the image, absolute
 * @param executable mode 755, else 644
 */
public record ImageFile(Path source, String target, boolean executable) {}
