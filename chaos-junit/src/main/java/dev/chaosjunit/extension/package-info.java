// SPDX-License-Identifier: Apache-2.0
/** JUnit callbacks: annotations in, a session and its experiments out. What is below knows no JUnit. */
@NullMarked
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
package dev.chaosjunit.extension;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
