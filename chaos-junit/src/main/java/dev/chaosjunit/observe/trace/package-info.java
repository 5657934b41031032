// SPDX-License-Identifier: Apache-2.0
/** What services tell of their work by OpenTelemetry: spans, received, joined to traces, and looked through. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.observe.trace;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
