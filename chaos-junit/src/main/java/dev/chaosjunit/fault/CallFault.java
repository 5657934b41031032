// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import java.util.Optional;

/** A fault on calls that a pod's processes make, of their own functions or of the kernel: no packet is looked at. */
public interface CallFault extends Fault {

    /** Which of the calls that match. */
    Calls calls();

    @Override
    default Unit unit() {
        return Unit.CALL;
    }

    @Override
    default Scope scope() {
        return Scope.PROCESS;
    }

    @Override
    default Optional<Traffic> traffic() {
        return Optional.empty();
    }

    @Override
    default Percent minTouched() {
        return calls().minTouched();
    }
}
