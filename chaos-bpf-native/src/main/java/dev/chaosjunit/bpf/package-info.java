// SPDX-License-Identifier: Apache-2.0
/** Java binding of the native helper: requests and replies of its line protocol, as a child process or in process. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.bpf;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
