// SPDX-License-Identifier: Apache-2.0
/** Tests of the extension with what only newer versions of JUnit have. */
@NullMarked
package dev.chaosjunit.extension;

import org.jspecify.annotations.NullMarked;
