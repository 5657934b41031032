// SPDX-License-Identifier: Apache-2.0
/** Where services run, and the instances and services that were found there. */
@NullMarked
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
package dev.chaosjunit.cluster;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
