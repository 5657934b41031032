// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.inject.InjectionException.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Attaches faults through the native helper. Thread safe. */
public final class Injector {
    private final Helper helper;
    private final AtomicInteger attached = new AtomicInteger();

    public Injector(Helper helper) {
        this.helper = helper;
    }

    /**
     * Attach all injections without touching a packet yet: all of them, or none.
     *
     * @throws InjectionException when one cannot be attached
     */
    public List<ActiveFault> attach(List<Injection> injections) {
        List<ActiveFault> done = new ArrayList<>();
        try {
            injections.forEach(injection -> done.add(attach(injection)));
        } catch (RuntimeException e) {
            detach(done, e);
            throw e;
        }
        return List.copyOf(done);
    }

    private static void detach(List<ActiveFault> done, RuntimeException because) {
        try {
            ActiveFault.closeAll(done);
        } catch (InjectionException e) {
            because.addSuppressed(e);
        }
    }

    private ActiveFault attach(Injection injection) {
        String id = "f" + attached.incrementAndGet();
        try {
            helper.request(AttachRequest.of(id, injection));
            return new ActiveFault(helper, id, injection);
        } catch (HelperException e) {
            Cause cause = switch (e.code()) {
                case "unsupported", "denied" -> Cause.MACHINE;
                case "bad_request" -> Cause.TEST;
                default -> Cause.FAILURE;
            };
            throw new InjectionException(cause, injection.describe() + " cannot be injected: " + e.getMessage(), e);
        }
    }
}
