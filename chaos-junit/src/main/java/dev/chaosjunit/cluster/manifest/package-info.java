// SPDX-License-Identifier: Apache-2.0
/** Kubernetes YAML, read into the few values that the local runtime acts on; everything else is refused by name. */
@NullMarked
package dev.chaosjunit.cluster.manifest;

import org.jspecify.annotations.NullMarked;
