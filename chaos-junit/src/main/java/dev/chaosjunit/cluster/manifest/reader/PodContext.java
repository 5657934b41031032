// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import java.util.Map;

/**
 * What is known of a pod while its parts are read.
 *
 * @param spec its description
 */
record PodContext(
        String namespace,
        Map<String, String> labels,
        Map<String, String> annotations,
        Field spec,
        References references,
        Findings findings) {}
