// SPDX-License-Identifier: Apache-2.0
/**
 * Kubernetes YAML, read into manifests: documents with the lines of their fields, checked against lists of fields, then
 * read kind by kind. What is not supported is refused by name, all of it at once.
 */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.manifest.reader;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
