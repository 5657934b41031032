// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import java.util.List;

/** What puts faults onto pods. Thread safe. */
public interface Injector extends AutoCloseable {

    /**
     * Prepare all injections without touching a packet yet: all of them, or none.
     *
     * @throws InjectionException when one cannot be prepared
     */
    List<ActiveFault> attach(List<Injection> injections);

    /** End what is still on. */
    @Override
    void close();
}
