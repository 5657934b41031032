// SPDX-License-Identifier: Apache-2.0
/** What {@code ./dev bench --scale} measures of this package from inside. No test. */
@NullMarked
package dev.chaosjunit.cluster.kubeconfig;

import org.jspecify.annotations.NullMarked;
