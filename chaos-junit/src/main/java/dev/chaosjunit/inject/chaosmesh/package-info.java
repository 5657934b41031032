// SPDX-License-Identifier: Apache-2.0
/** Faults as resources of Chaos Mesh, for clusters where it is installed: it chooses the pods and injects. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.inject.chaosmesh;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
