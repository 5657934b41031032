// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import java.util.Map;

/** What a user can do where only a listener could fault a pod's io_uring, and the pod has none that can. */
final class ListenerAdvice {

    private static final Map<String, String> BY_CODE = Map.of(
            "no_keeper",
            "pods are started with a listener where chaos-junit brings them up, locally or in K3s, and where their"
                    + " template says runtimeClassName: chaos-io-uring or chaos-io-uring-enter; the keeper of a node"
                    + " starts with the first such pod",
            "no_listener",
            "give its pod template runtimeClassName: chaos-io-uring for operation SETUP, or chaos-io-uring-enter for"
                    + " all others",
            "narrow_listener",
            "give its pod template runtimeClassName: chaos-io-uring-enter, which serves all operations");

    private ListenerAdvice() {}

    static boolean isFor(String code) {
        return BY_CODE.containsKey(code);
    }

    /** What the helper said, and the advice where there is one for its code. */
    static String after(String message, String code) {
        return isFor(code) ? message + ": " + BY_CODE.get(code) : message;
    }
}
