// SPDX-License-Identifier: Apache-2.0
/**
 * What a test author sees: the annotations, {@link dev.chaosjunit.ChaosRun}, and the configuration parameters of
 * {@link dev.chaosjunit.ChaosParameters}.
 */
@NullMarked
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
package dev.chaosjunit;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
