// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.extension.ChaosExtension;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.DnsType;
import dev.chaosjunit.fault.Escape;
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
 * Answer chosen names wrongly, or not at all, to chosen pods, for the time of the test. Queries over UDP port 53 are
 * answered in the kernel, at the pod's own interface. Over TCP, where an answer cannot be put into the stream, their connection is
 * reset; {@link DnsAction#DROP} drops them there, too, and {@link DnsAction#TRUNCATE} lets them by. Other names and other pods
 * see their real answers.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(DnsChaos.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface DnsChaos {

    /** Labels of the pods whose queries are meant: {@code "app=user-api,tier=web"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /**
     * 1 to 64 of: an exact name; {@code *.suffix} for every name below the suffix; {@code beginning*} for every name that
     * begins so. In each, {@code ?} stands for any one character. Upper and lower case alike.
     */
    String[] patterns();

    /** What the pods get for an answer. */
    DnsAction action();

    /** For {@link DnsAction#SPOOF}: an IPv4 address, an IPv6 address or one of each; a family without one gets an empty answer. */
    String[] ip() default {};

    /** For {@link DnsAction#DELAY}: how long a query is held, 1us to 60s. */
    String latency() default "0ms";

    /** For {@link DnsAction#DELAY}: each query is held for a time drawn evenly from latency ± jitter; 0ms to the latency. */
    String jitter() default "0ms";

    /** Query types that are meant; all if empty. */
    DnsType[] types() default {};

    /** The share of matching queries that are hit, drawn query by query from the seed: 0.0001% to 100%. */
    String probability() default "100%";

    /** How many of the selected pods. */
    Mode mode() default Mode.ALL;

    /** The number or percentage that {@code mode} asks for. */
    String value() default "";

    /** How long, above 0s. */
    String duration();

    /**
     * Close the pods' TCP connections to the addresses of these names as the fault begins, so that clients that keep
     * connections have to ask for the names again. The pods find "connection aborted", the other ends a reset. Requests
     * of the load in flight at that moment are counted, named, and left out of the limits of the FAULT phase. Refused
     * where the kernel cannot (CONFIG_INET_DIAG_DESTROY), and with {@code chaos.engine=chaos-mesh}.
     */
    boolean reconnect() default false;

    /**
     * What it means when the pods went on over connections older than the fault, to addresses of these names. These are
     * what the pod's own resolver says of an exact name, the Services of the manifests that a pattern means, and what
     * the pod was answered between attaching the fault and its beginning. Where none is known, the report says so, and
     * nothing is inconclusive for that.
     */
    Escape escape() default Escape.INCONCLUSIVE;

    /**
     * The share of requests of the load that the fault must touch, such as {@code "20%"}; fewer make the run
     * inconclusive. None if empty. A lookup, whatever types it asks for, counts as one request touched. Needs a {@code @Load}.
     * Refused with {@code chaos.engine=chaos-mesh}, which counts nothing.
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
        DnsChaos[] value();
    }
}
