// SPDX-License-Identifier: Apache-2.0
/** The loop: steady state, inject, load and test body, revert, recovery, verdict. */
@NullMarked
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
package dev.chaosjunit.experiment;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
