// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.Value.PodField;
import java.util.Map;

/**
 * What is known of a pod once it has a place, for its variables and files.
 *
 * @param serviceVariables that tell it of Services
 */
record PodFacts(PodName id, String address, String nodeName, String nodeAddress, Map<String, String> serviceVariables) {

    /** What a variable or a file of its says that is one of its fields. */
    String field(PodField field) {
        return switch (field) {
            case NAME -> id.name();
            case UID -> id.uid();
            case IP -> address;
            case NODE_NAME -> nodeName;
            case NODE_IP -> nodeAddress;
        };
    }
}
