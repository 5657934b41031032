// SPDX-License-Identifier: Apache-2.0
/** Programs for the images that the manifests name, built with the Go tool chain that is installed. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.image;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
