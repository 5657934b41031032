// SPDX-License-Identifier: Apache-2.0
/** A result as HTML, JSON and Prometheus text. */
@NullMarked
package dev.chaosjunit.report;

import org.jspecify.annotations.NullMarked;
