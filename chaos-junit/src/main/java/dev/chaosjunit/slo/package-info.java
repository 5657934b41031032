// SPDX-License-Identifier: Apache-2.0
/** Samples to verdict, as pure functions. */
@NullMarked
package dev.chaosjunit.slo;

import org.jspecify.annotations.NullMarked;
