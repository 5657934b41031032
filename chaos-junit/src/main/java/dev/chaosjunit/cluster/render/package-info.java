// SPDX-License-Identifier: Apache-2.0
/** Manifests by the names that a test gives them: files, resources, and directories that Kustomize or Helm render. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.render;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
