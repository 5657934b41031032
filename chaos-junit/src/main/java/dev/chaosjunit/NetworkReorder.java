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
 * Put packets of chosen pods out of order, one way, for the time of the test: a share of them goes at once, the others are
 * held for a latency and overtaken. At the end, held packets are sent on; none is lost. A packet is what the kernel hands
 * to the pod's interface: up to 64 KiB of a TCP stream at a time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(NetworkReorder.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface NetworkReorder {

    /** Labels of the pods: {@code "app=order-service"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /** The share of packets that go at once in the long run: 0.0001% to less than 100%, with {@code gap} to 100%. */
    String reorder();

    /** How much the fate of a packet resembles that of the one before, in percent: 0 to less than 100. The share stays. */
    String correlation() default "0";

    /**
     * After one that went at once, {@code gap - 1} packets are held in any case, and only those after them may go at once; 1
     * to 100,000.
     */
    int gap() default 1;

    /** How long the others are held: 1us to 60s. */
    String latency();

    /** Each of their latencies is drawn evenly from latency ± jitter; 0ms to the latency. They keep their order. */
    String jitter() default "0ms";

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
        NetworkReorder[] value();
    }
}
