// SPDX-License-Identifier: Apache-2.0
/** A result as HTML, JSON and Prometheus text. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.report;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
