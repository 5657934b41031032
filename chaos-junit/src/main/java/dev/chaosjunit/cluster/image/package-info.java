// SPDX-License-Identifier: Apache-2.0
/** Programs for the images that the manifests name, built with the Go tool chain that is installed. */
@NullMarked
package dev.chaosjunit.cluster.image;

import org.jspecify.annotations.NullMarked;
