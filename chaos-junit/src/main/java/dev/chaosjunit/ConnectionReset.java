// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.extension.ChaosExtension;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.ResetTime;
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
 * Reset TCP connections of chosen pods, for the time of the test: by their next packet, or all at once. What was on its way
 * over such a connection is lost; a new one can be made. Handshakes are let by: a connection is reset once it is used.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(ConnectionReset.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ConnectionReset {

    /** Labels of the pods: {@code "app=order-service"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /** By the next packet of a connection, new ones too, or all that there are as the fault begins, idle ones too. */
    ResetTime when() default ResetTime.NEXT_PACKET;

    /**
     * The share of the connections that is reset, above 0%: each is drawn once, from the run's seed, when it is first met. One
     * that was spared stays so.
     */
    String probability() default "100%";

    /** At most so many connections of a pod are reset; 0 for any number. */
    long count() default 0;

    /**
     * Whose next packet resets a connection: that of the pods ({@code TO}), of the other end ({@code FROM}), or whichever comes
     * first. Only that with {@code when = AT_ONCE}.
     */
    Direction direction() default Direction.BOTH;

    /** Only connections with pods that have these labels, or with Services in front of them; empty for all. */
    String target() default "";

    /** Only connections with these addresses or CIDR blocks, IPv4 or IPv6; empty for all. */
    String[] externalTargets() default {};

    /** Only connections whose other end has this port, {@code "8080"} or {@code "8000-8099"}; empty for all. */
    String port() default "";

    /** {@code TCP}: nothing else has connections. */
    Protocol protocol() default Protocol.TCP;

    /**
     * Whether the kubelet's probes are meant, too: with {@code HIT}, a pod whose probes are reset leaves its Services or is
     * restarted, as it would be on such a network; the report says so. {@code SPARE} leaves them alone, and is refused where
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

    /** How long, above 0s: connections are reset as long, or, with {@code when = AT_ONCE}, what follows is watched as long. */
    String duration();

    /**
     * The share of requests of the load that the fault must touch, such as {@code "20%"}; fewer make the run
     * inconclusive. None if empty. A connection counts as one request touched. Needs a {@code @Load}.
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
        ConnectionReset[] value();
    }
}
