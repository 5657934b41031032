// SPDX-License-Identifier: Apache-2.0
/** Open-model load: send times never wait for answers. */
@NullMarked
package dev.chaosjunit.load;

import org.jspecify.annotations.NullMarked;
