// SPDX-License-Identifier: Apache-2.0
/** The annotated experiments against the sample services; those tagged {@code demo} are the main job. */
@NullMarked
package dev.chaosjunit.it;

import org.jspecify.annotations.NullMarked;
