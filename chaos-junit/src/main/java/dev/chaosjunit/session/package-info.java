// SPDX-License-Identifier: Apache-2.0
/** What a plan asks for, brought up and taken down: by a test, or by whatever else runs experiments. Knows no JUnit. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.session;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
