// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

/**
 * A kind of objects as the API server serves it.
 *
 * @param group empty for the core API
 * @param resource the plural, as in roles: {@code deployments}
 * @param namespaced whether its objects live in a namespace
 */
record Kind(String group, String resource, boolean namespaced) {}
