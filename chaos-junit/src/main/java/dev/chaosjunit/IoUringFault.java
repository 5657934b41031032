// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.extension.ChaosExtension;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.fault.Mode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Let chosen pods' use of io_uring fail, come late or never complete, for the time of the test.
 *
 * <p>Where the kernel lets BPF trampolines load, a running process is disturbed as it is. Elsewhere, and for what
 * trampolines cannot do, the pod must have been started with a listener: its pod template says {@code runtimeClassName:
 * chaos-io-uring}, which serves operation {@code SETUP}, or {@code chaos-io-uring-enter}, which serves all. Both runtimes
 * that bring services up know these classes.
 *
 * <p>By a listener, what is late is taken out of its ring and holds nothing else: {@code READ}, {@code READV}, {@code
 * WRITE}, {@code WRITEV}, {@code RECV}, {@code SEND}, {@code RECVMSG} and {@code SENDMSG} without control data, {@code
 * FSYNC}, {@code POLL_ADD} and {@code TIMEOUT}, and every error. Other operations, and those of registered files and
 * buffers, of provided buffers, in a chain, more than once, or of more than 1 MiB, are held together with the call that
 * submits them, and so with their ring; the report counts them, and what a service misses meanwhile is inconclusive.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(IoUringFault.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface IoUringFault {

    /** Labels of the pods: {@code "app=user-api"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /** What is meant. */
    IoUringOperation operation();

    /** What happens to it. */
    IoUringAction action();

    /** For {@link IoUringAction#ERROR}: an errno by name, {@code "EIO"}, or by number, 1 to 133. */
    String errno() default "";

    /**
     * For {@link IoUringAction#DELAY}: how long, 1us to 60s; for {@link IoUringAction#ERROR}: how long until it fails, 0ms
     * for at once. Above 1s, with jitter, a listener is needed.
     */
    String latency() default "0ms";

    /** Each latency is drawn evenly from latency ± jitter; 0ms to the latency. */
    String jitter() default "0ms";

    /** The share of these calls that is faulted, above 0%; drawn from the run's seed. */
    String probability() default "100%";

    /** So many of these calls pass before the first is faulted. */
    long after() default 0;

    /** At most so many are faulted; 0 for any number. */
    long count() default 0;

    /** How many of the selected pods. */
    Mode mode() default Mode.ALL;

    /** The number or percentage that {@code mode} asks for. */
    String value() default "";

    /** How long the fault lasts, above 0s. */
    String duration();

    /**
     * The share of requests of the load that the fault must touch, such as {@code "20%"}; fewer make the run
     * inconclusive. None if empty. A call counts as one request touched. Needs a {@code @Load}.
     */
    String minTouched() default "";

    /** Holds several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @ExtendWith(ChaosExtension.class)
    @interface Repeated {
        /** The faults. */
        IoUringFault[] value();
    }
}
