// SPDX-License-Identifier: Apache-2.0
/** What {@code ./dev bench --scale} measures of this package from inside. No test. */
@NullMarked
package dev.chaosjunit.experiment;

import org.jspecify.annotations.NullMarked;
