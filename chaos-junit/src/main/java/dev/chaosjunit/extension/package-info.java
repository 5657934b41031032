// SPDX-License-Identifier: Apache-2.0
/** JUnit callbacks: annotations in, an experiment out. */
@NullMarked
package dev.chaosjunit.extension;

import org.jspecify.annotations.NullMarked;
