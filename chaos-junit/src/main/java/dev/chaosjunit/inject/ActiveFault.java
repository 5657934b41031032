// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.bpf.Request;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.result.FaultResult;
import java.util.List;

/** A fault that is attached to a pod; switched on and off in microseconds, gone when closed. */
public final class ActiveFault implements AutoCloseable {
    private final Helper helper;
    private final String id;
    private final Injection injection;
    private long drained;

    ActiveFault(Helper helper, String id, Injection injection) {
        this.helper = helper;
        this.id = id;
        this.injection = injection;
    }

    /** The fault and its pod. */
    public Injection injection() {
        return injection;
    }

    /**
     * Begin.
     *
     * @throws InjectionException when the helper cannot, or is gone; as for what follows
     */
    public void on() {
        request("on");
    }

    /** End: new packets pass, held ones are sent on first, in order. Idempotent. */
    public synchronized void off() {
        drained += request("off").number("drained");
    }

    /** Read what was hit so far; inconclusive where that is nothing. */
    public synchronized FaultResult witness() {
        return Witness.of(injection, request("stats"), drained);
    }

    /** Detach; ends the fault if it is on. A helper that is gone took its faults along. */
    @Override
    public void close() {
        try {
            helper.request(Request.of("detach").with("id", id));
        } catch (HelperException e) {
            if (!e.code().equals(HelperException.GONE) && !e.code().equals("unknown_id")) {
                throw failure("detach", e);
            }
        }
    }

    /** Close all, even where one cannot be closed; that one's failure is thrown in the end. */
    public static void closeAll(List<ActiveFault> faults) {
        InjectionException failure = null;
        for (ActiveFault fault : faults) {
            try {
                fault.close();
            } catch (InjectionException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Reply request(String verb) {
        try {
            return helper.request(Request.of(verb).with("id", id));
        } catch (HelperException e) {
            throw failure(verb, e);
        }
    }

    private InjectionException failure(String verb, HelperException e) {
        return new InjectionException(
                Cause.FAILURE, injection.describe() + ": \"" + verb + "\" failed: " + e.getMessage(), e);
    }
}
