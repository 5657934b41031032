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
 * Let packets of chosen pods go on no faster than a link of some rate takes them, for the time of the test. They keep their
 * order; what waits at the end is sent on. Each selected pod has a link of its own in each direction.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(NetworkBandwidth.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface NetworkBandwidth {

    /** Labels of the pods: {@code "app=order-service"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /**
     * Of the link, in IP bytes, as tc writes bits a second: {@code "1kbit"} to {@code "100gbit"}. {@code mbps} and the like,
     * which tc and Chaos Mesh take for bytes, are refused.
     */
    String rate();

    /**
     * What may go at once after a rest, {@code "1600B"} to {@code "1GiB"}. If empty, what the rate brings in a millisecond, at
     * least 1600 bytes.
     */
    String buffer() default "";

    /**
     * What may wait, {@code "1600B"} to {@code "1GiB"}; what comes then is dropped. If empty, what the rate brings in 200 ms, at
     * least 256 KiB.
     */
    String limit() default "";

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
     * Whether the kubelet's probes are meant, too: with {@code HIT}, a pod that answers them too late leaves its Services or is
     * restarted, as it would be on such a network; the report says so. {@code SPARE} leaves them alone, and is refused where
     * load comes from their address as well. Either way, a fault that met nothing else has hit nothing.
     */
    Probes probes() default Probes.HIT;

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
        NetworkBandwidth[] value();
    }
}
