// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.observe.trace.OtlpProtocol;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * Pods export their traces to this JVM: containers get the standard {@code OTEL_*} variables, but for those that their
 * manifest sets itself. Each request of the load begins a trace, and the report shows where its time went.
 *
 * <p>On {@code local} and {@code k3s} pods reach the JVM by itself; on {@code kubeconfig} they export to {@link
 * ChaosParameters#OTLP_ENDPOINT}, and nothing of it is seen here.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Traces {

    /** What containers are told to speak. */
    OtlpProtocol protocol() default OtlpProtocol.HTTP;
}
