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
import java.lang.System.Logger.Level;
import java.util.List;

/** A fault that the helper attached to one pod; switched on and off in microseconds, gone when closed. */
final class HelperFault implements ActiveFault {
    private static final System.Logger LOG = System.getLogger(HelperFault.class.getName());

    private final Helper helper;
    private final String id;
    private final Injection injection;
    private final Reply attached;
    private long drained;
    private volatile long closedConnections;

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
        Reply on = request("on");
        closedConnections = on.has("closed") ? on.number("closed") : 0;
    }

    @Override
    public long closedConnections() {
        return closedConnections;
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

    /**
     * A helper that is gone took its faults along, and one that does not answer was told to end, which lifts them: no
     * reason to hide the outcome of a run.
     */
    @Override
    public void close() {
        try {
            helper.request(Request.of("detach").with("id", id));
        } catch (HelperException e) {
            switch (e.code()) {
                case HelperException.GONE, "unknown_id" -> {}
                case HelperException.TIMEOUT ->
                    LOG.log(Level.WARNING, failure("detach", e).getMessage());
                default -> throw failure("detach", e);
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
