// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.bpf.Request;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.result.FaultResult;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pod that the helper attached a fault to; switched on and off in microseconds, gone when closed. */
final class HelperPod {
    private static final System.Logger LOG = System.getLogger(HelperPod.class.getName());

    private final Helper helper;
    private final String id;
    private final Injection injection;
    private final Target target;
    private final Reply attached;
    private long drained;
    private volatile @Nullable Cut cut;
    private volatile long onAsked;
    private volatile long onAnswered;

    HelperPod(Helper helper, String id, Injection injection, Target target, Reply attached) {
        this.helper = helper;
        this.id = id;
        this.injection = injection;
        this.target = target;
        this.attached = attached;
    }

    Instance instance() {
        return target.instance();
    }

    /** That of its node. */
    Helper helper() {
        return helper;
    }

    void on() {
        onAsked = System.nanoTime();
        Reply on = request("on");
        onAnswered = System.nanoTime();
        long closed = on.has("closed") ? on.number("closed") : 0;
        cut = closed == 0 ? null : new Cut(instance().title(), closed, onAsked, onAnswered);
    }

    /** When the helper was told to switch it on, on {@link System#nanoTime()}'s clock; nodes have clocks of their own. */
    long onAsked() {
        return onAsked;
    }

    /** When the helper had done so, at the latest. */
    long onAnswered() {
        return onAnswered;
    }

    Optional<Cut> cut() {
        return Optional.ofNullable(cut);
    }

    /** New packets pass, held ones are sent on first, in order. */
    synchronized void off() {
        drained += request("off").number("drained");
    }

    synchronized FaultResult witness() {
        return Witness.of(injection, target, attached, stats(), drained);
    }

    Handle life() {
        return instance().handle();
    }

    /** Whether that ended by the fault, though no signal of ours was sent. */
    boolean ended() {
        return injection.fault().ended(Witness.told(attached, stats()));
    }

    /** What it counted. */
    Reply stats() {
        return request("stats");
    }

    /** Its process, as the helper numbers it. */
    long pid() {
        return attached.number("pid");
    }

    /**
     * A helper that is gone took its faults along, and one that does not answer was told to end, which lifts them: no
     * reason to hide the outcome of a run.
     */
    void close() {
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
                Cause.FAILURE, injection.describe(target) + ": \"" + verb + "\" failed: " + e.getMessage(), e);
    }
}
