// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.result.FaultResult;
import java.util.List;

/**
 * What a fault was seen to do.
 *
 * @param pods one result a pod, or several where its process was hit anew
 */
record FaultWitness(Fault fault, List<FaultResult> pods) {

    FaultWitness {
        pods = List.copyOf(pods);
    }

    /** The results of all faults. */
    static List<FaultResult> pods(List<FaultWitness> faults) {
        return faults.stream().flatMap(fault -> fault.pods().stream()).toList();
    }
}
