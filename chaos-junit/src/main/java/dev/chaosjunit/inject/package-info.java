// SPDX-License-Identifier: Apache-2.0
/** A fault and the instances it is meant for, turned into requests to the native helper. */
@NullMarked
package dev.chaosjunit.inject;

import org.jspecify.annotations.NullMarked;
