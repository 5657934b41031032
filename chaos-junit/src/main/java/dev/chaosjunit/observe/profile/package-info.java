// SPDX-License-Identifier: Apache-2.0
/** What Go programs tell of their work by pprof: profiles, read and looked through by the labels of their samples. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.observe.profile;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
