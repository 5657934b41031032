// SPDX-License-Identifier: Apache-2.0
/** What can be done to a service: one record a kind of fault, validated on construction, no I/O. */
@NullMarked
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
package dev.chaosjunit.fault;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
