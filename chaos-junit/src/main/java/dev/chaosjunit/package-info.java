// SPDX-License-Identifier: Apache-2.0
/**
 * What a test author sees: the annotations, {@link dev.chaosjunit.ChaosRun}, and the configuration parameters of
 * {@link dev.chaosjunit.ChaosParameters}.
 */
@NullMarked
package dev.chaosjunit;

import org.jspecify.annotations.NullMarked;
