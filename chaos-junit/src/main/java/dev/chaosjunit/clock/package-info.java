// SPDX-License-Identifier: Apache-2.0
/** Time that is passed in, so that what waits can be tested without waiting. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.clock;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
