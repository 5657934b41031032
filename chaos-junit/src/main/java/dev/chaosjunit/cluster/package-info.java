// SPDX-License-Identifier: Apache-2.0
/** Where services run, and the instances and services that were found there. */
@NullMarked
package dev.chaosjunit.cluster;

import org.jspecify.annotations.NullMarked;
