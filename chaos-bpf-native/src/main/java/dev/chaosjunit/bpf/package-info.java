// SPDX-License-Identifier: Apache-2.0
/** Java binding of the native helper: requests and replies of its line protocol, as a child process or in process. */
@NullMarked
package dev.chaosjunit.bpf;

import org.jspecify.annotations.NullMarked;
