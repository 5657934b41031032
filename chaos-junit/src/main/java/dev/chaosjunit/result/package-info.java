// SPDX-License-Identifier: Apache-2.0
/** The outcome of an experiment as plain records: what the report shows and the tests assert. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.result;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
