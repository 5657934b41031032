// SPDX-License-Identifier: Apache-2.0
/** What can be done to a service: one sealed record per fault kind, validated on construction, no I/O. */
@NullMarked
package dev.chaosjunit.fault;

import org.jspecify.annotations.NullMarked;
