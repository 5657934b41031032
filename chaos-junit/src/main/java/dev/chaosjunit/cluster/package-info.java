// SPDX-License-Identifier: Apache-2.0
/**
 * Services that were brought up, and where: a <em>runtime</em> is where they run ({@link
 * dev.chaosjunit.cluster.ClusterRuntime}, and what starts them there), a <em>cluster</em> is what runs there for one class.
 */
@NullMarked
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
package dev.chaosjunit.cluster;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
