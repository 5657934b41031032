// SPDX-License-Identifier: Apache-2.0
/** What Kubernetes manifests say, in the few values that the local runtime acts on. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.manifest;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
