// SPDX-License-Identifier: Apache-2.0
/** Durations, percentages and rates written as text, parsed in one place, and where such texts stand. */
@NullMarked
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
package dev.chaosjunit.quantity;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
