// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.extension.ChaosExtension;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
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
 * Hold packets of chosen pods for some time, one way, for the time of the test. Packets of a direction keep their order.
 * At the end, held packets are sent on; none is lost.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(NetworkDelay.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface NetworkDelay {

    /** Labels of the pods: {@code "app=order-service"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /** How long a packet is held: 1us to 60s. */
    String latency();

    /** Each packet's latency is drawn evenly from latency ± jitter; 0ms to the latency. */
    String jitter() default "0ms";

    /** How much a draw resembles the one before, in percent: 0 to 100. */
    String correlation() default "0";

    /**
     * How many bytes of a pod's packets are held at most in each direction, {@code "64KiB"} to {@code "4GiB"}; what has no
     * room is dropped, and the report says so. If empty, as much as 10 Gbit/s bring in the time of the latency, 16 MiB to
     * 256 MiB. Memory is taken as packets need it.
     */
    String queue() default "";

    /** Whether packets that the pods send ({@code TO}) or receive ({@code FROM}) are meant. */
    Direction direction() default Direction.TO;

    /** Only packets exchanged with pods that have these labels, or with Services in front of them; empty for all. */
    String target() default "";

    /** Only packets exchanged with these addresses or CIDR blocks, IPv4 or IPv6; empty for all. */
    String[] externalTargets() default {};

    /** Only packets whose other end has this port, {@code "8080"} or {@code "8000-8099"}; empty for all. */
    String port() default "";

    /** Only packets of this transport. */
    Protocol protocol() default Protocol.ANY;

    /**
     * Whether the kubelet's probes are meant, too: with {@code HIT}, a pod that answers them too late leaves its Services or
     * is restarted, as it would be on such a network; the report says so. {@code SPARE} leaves them alone, and is refused where
     * load comes from their address as well. Either way, a fault that met nothing else has hit nothing.
     */
    Probes probes() default Probes.HIT;

    /**
     * Only packets that begin the HTTP/1.1 request of this trace: its {@code traceparent} has this W3C trace id, 32 lower-case
     * hexadecimal digits that are not all 0; empty for all. TLS, HTTP/2, and heads whose {@code traceparent} is not in their
     * first packet cannot be recognised; they are counted. Refused with {@code protocol = UDP}, and with
     * {@code chaos.engine=chaos-mesh}.
     */
    String trace() default "";

    /** How many of the selected pods. */
    Mode mode() default Mode.ALL;

    /** The number or percentage that {@code mode} asks for. */
    String value() default "";

    /** How long, above 0s. */
    String duration();

    /**
     * The share of requests of the load that the fault must touch, such as {@code "20%"}; fewer make the run
     * inconclusive. None if empty. A packet counts as one request touched. Needs a {@code @Load}.
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
        NetworkDelay[] value();
    }
}
