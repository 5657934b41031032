// SPDX-License-Identifier: Apache-2.0
/** The outcome of an experiment as plain records: what the report shows and the tests assert. */
@NullMarked
package dev.chaosjunit.result;

import org.jspecify.annotations.NullMarked;
