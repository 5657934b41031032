// SPDX-License-Identifier: Apache-2.0
/** A fault and the instances it is meant for, turned into requests to the native helper. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.inject;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
