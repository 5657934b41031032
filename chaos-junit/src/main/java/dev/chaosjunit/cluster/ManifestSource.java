// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

/**
 * Kubernetes YAML and where it came from; {@link ManifestFiles} finds it.
 *
 * @param origin file or resource name, for messages
 * @param yaml one or more documents
 */
public record ManifestSource(String origin, String yaml) {}
