// SPDX-License-Identifier: Apache-2.0
/** Samples to verdict, as pure functions. */
@NullMarked
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
package dev.chaosjunit.slo;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
