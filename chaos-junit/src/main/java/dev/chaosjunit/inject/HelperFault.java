// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.bpf.Request;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.result.FaultResult;
import java.util.List;

/** A fault that the helper attached to one pod; switched on and off in microseconds, gone when closed. */
final class HelperFault implements ActiveFault {
    private final Helper helper;
    private final String id;
    private final Injection injection;
    private final Reply attached;
    private long drained;

    HelperFault(Helper helper, String id, Injection injection, Reply attached) {
        this.helper = helper;
        this.id = id;
        this.injection = injection;
        this.attached = attached;
    }

    @Override
    public Fault fault() {
        return injection.fault();
    }

    @Override
    public List<Instance> instances() {
        return List.of(injection.instance());
    }

    @Override
    public void on() {
        request("on");
    }

    /** New packets pass, held ones are sent on first, in order. */
    @Override
    public synchronized void off() {
        drained += request("off").number("drained");
    }

    @Override
    public synchronized List<FaultResult> witnesses() {
        return List.of(Witness.of(injection, attached, request("stats"), drained));
    }

    /** A helper that is gone took its faults along. */
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
