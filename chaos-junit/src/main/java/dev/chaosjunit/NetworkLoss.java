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
 * Lose packets of chosen pods by chance, without a word to who sent them, for the time of the test. A packet is what the
 * kernel hands to the pod's interface: up to 64 KiB of a TCP stream at a time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(NetworkLoss.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface NetworkLoss {

    /** Labels of the pods: {@code "app=order-service"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /** The share of packets that are lost in the long run: 0.0001% to 100%. */
    String loss();

    /** How much the fate of a packet resembles that of the one before, in percent: 0 to less than 100. The share stays. */
    String correlation() default "0";

    /**
     * Lose packets in bursts of so many packets on average, 1 to 100,000; 0 for none. With it, {@code loss} is above {@code
     * quietLoss} and below {@code burstLoss}, and {@code correlation} is not given.
     */
    int burst() default 0;

    /** The share of packets that are lost within a burst: above {@code loss}. Only with {@code burst}. */
    String burstLoss() default "100%";

    /** The share of packets that are lost between two bursts: below {@code loss}. Only with {@code burst}. */
    String quietLoss() default "0%";

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
     * Whether the kubelet's probes are meant, too: with {@code HIT}, a pod whose answers are lost leaves its Services or is
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
        NetworkLoss[] value();
    }
}
