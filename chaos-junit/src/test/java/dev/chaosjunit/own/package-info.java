// SPDX-License-Identifier: Apache-2.0
/** A kind of fault as a user of the extension adds one. */
@NullMarked
package dev.chaosjunit.own;

import org.jspecify.annotations.NullMarked;
