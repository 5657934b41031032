// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.InjectionException;
import java.util.Map;

/** How Chaos Mesh does one kind of fault. */
interface MeshKind<F extends Fault> {

    /** The kind's record. */
    Class<F> record();

    /** What is made. */
    ChaosKind resource();

    /** What names of its resources begin with. */
    String stem();

    /**
     * Fields of the resource's {@code spec}, but for the pods, their peers, and how long.
     *
     * @throws InjectionException where a fault asks for what Chaos Mesh cannot do
     */
    Map<String, Object> fields(F fault);

    /** Where it is not all that it is with our own helper, as a part of a sentence; else empty. */
    String caveat(F fault);
}
