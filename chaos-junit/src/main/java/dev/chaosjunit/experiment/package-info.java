// SPDX-License-Identifier: Apache-2.0
/** The loop: steady state, inject, load and test body, revert, recovery, verdict. */
@NullMarked
package dev.chaosjunit.experiment;

import org.jspecify.annotations.NullMarked;
