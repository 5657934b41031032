// SPDX-License-Identifier: Apache-2.0
/** What {@code ./dev bench --scale} measures: how what a chaos test costs grows with its size. No test. */
@NullMarked
package dev.chaosjunit.bench;

import org.jspecify.annotations.NullMarked;
