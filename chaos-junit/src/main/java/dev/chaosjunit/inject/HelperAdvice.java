// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import java.util.Map;

/** What a user can do about a code of the helper, which knows nothing of pods and their templates. */
final class HelperAdvice {

    private static final Map<String, String> BY_CODE = Map.of(
            "no_container",
            "it has ended, or the agent does not see its node's processes: an agent in a pod needs hostPID: true, one in"
                    + " a container the node's pid namespace",
            "no_keeper",
            "pods are started with a listener where chaos-junit brings them up, locally or in K3s, and where their"
                    + " template says runtimeClassName: chaos-io-uring or chaos-io-uring-enter; the keeper of a node"
                    + " starts with the first such pod",
            "no_listener",
            "give its pod template runtimeClassName: chaos-io-uring for operation SETUP, or chaos-io-uring-enter for"
                    + " all others",
            "narrow_listener",
            "give its pod template runtimeClassName: chaos-io-uring-enter, which serves all operations");

    private HelperAdvice() {}

    /** What the helper said, and the advice where there is one for its code. */
    static String after(String message, String code) {
        String advice = BY_CODE.get(code);
        return advice == null ? message : message + ": " + advice;
    }
}
