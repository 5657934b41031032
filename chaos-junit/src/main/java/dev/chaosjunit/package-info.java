// SPDX-License-Identifier: Apache-2.0
/** What a test author sees: the annotations and {@link dev.chaosjunit.ChaosRun}. */
@NullMarked
package dev.chaosjunit;

import org.jspecify.annotations.NullMarked;
