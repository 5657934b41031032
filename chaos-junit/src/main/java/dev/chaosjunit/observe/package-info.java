// SPDX-License-Identifier: Apache-2.0
/** What an instance says of itself: goroutines, leak profile. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.observe;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
