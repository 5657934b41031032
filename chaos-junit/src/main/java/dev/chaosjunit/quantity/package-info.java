// SPDX-License-Identifier: Apache-2.0
/** Durations, percentages and rates written as text, parsed in one place, and where such texts stand. */
@NullMarked
package dev.chaosjunit.quantity;

import org.jspecify.annotations.NullMarked;
