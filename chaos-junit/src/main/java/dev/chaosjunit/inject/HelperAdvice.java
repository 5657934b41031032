// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Instance;
import java.util.Map;

/** What a user can do about a code of the helper, which knows nothing of pods and their templates. */
final class HelperAdvice {

    /** Runtime classes by the code that asks for them. */
    private static final Map<String, String> LISTENERS = Map.of(
            "no_keeper", "chaos-io-uring-enter # for operation SETUP: chaos-io-uring; on the local runtime and in K3s",
            "no_listener", "chaos-io-uring-enter # for operation SETUP: chaos-io-uring",
            "narrow_listener", "chaos-io-uring-enter # serves all operations");

    private HelperAdvice() {}

    /** What the helper said of a pod, and the advice where there is one for its code. */
    static String after(String message, String code, Instance pod) {
        String listener = LISTENERS.get(code);
        if (listener != null) {
            return message + "\nadd this line to spec.template.spec of " + pod.workload() + ", in namespace "
                    + pod.namespace() + ":\n  runtimeClassName: " + listener;
        }
        return switch (code) {
            case "no_container" ->
                message + ": it has ended, or the agent does not see its node's processes: an agent in a pod needs"
                        + " hostPID: true, one in a container the node's pid namespace";
            case "over_limit" -> message + ". Take less, or let it be killed by oom = true";
            case "no_limit" -> message + ". Give it one, in resources.limits of " + pod.workload();
            default -> message;
        };
    }
}
