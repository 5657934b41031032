// SPDX-License-Identifier: Apache-2.0
/** What an instance says of itself: goroutines, leak profile. */
@NullMarked
package dev.chaosjunit.observe;

import org.jspecify.annotations.NullMarked;
