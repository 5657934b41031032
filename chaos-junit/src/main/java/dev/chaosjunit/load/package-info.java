// SPDX-License-Identifier: Apache-2.0
/** Open-model load: send times never wait for answers. */
@NullMarked
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
package dev.chaosjunit.load;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
