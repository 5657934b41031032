// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * Requests of HTTP or gRPC sent at a fixed rate through the whole experiment. Send times never wait for answers, and latency
 * counts from the planned send time, so that a stalled service cannot hide its stall. Loads on a method replace the
 * class's.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(Load.Repeated.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Load {

    /**
     * Target; the host is a Service's name: {@code http://user-api/users/1}, or {@code http://user-api.prod/users/1} of
     * one in namespace {@code prod}. A call of gRPC: {@code grpc://payment-service:9000/payment.v1.Payments/GetPayment}.
     */
    String url();

    /** How often: {@code "200/s"} or {@code "30/m"}; above 0/s, at most 20000/s. */
    String rate();

    /** HTTP method; not with gRPC, whose URL names the method. */
    String method() default "GET";

    /** Request headers, {@code "Name: value"} each; gRPC's metadata. */
    String[] headers() default {};

    /** Request body; with gRPC the request as JSON, by protobuf's own mapping. */
    String body() default "";

    /** A request without an answer by then counts as failed, at this latency; above 0s. */
    String timeout() default "2s";

    /**
     * Statuses of good answers, {@code "200"}, {@code "200-299"} or {@code "200, 404"}; any other counts as failed. Not with
     * gRPC, where {@code OK} is the good one.
     */
    String expectStatus() default "200-399";

    /**
     * What the body of a good answer contains; may be empty. An answer without it counts as failed. With gRPC, what one of
     * its messages contains as JSON in one line.
     */
    String expectBody() default "";

    /**
     * Of gRPC: descriptors of the server's files, as {@code protoc --descriptor_set_out --include_imports} writes them,
     * {@code "classpath:shop.binpb"} or {@code "file:shop.binpb"}. Empty to ask the server for them, by reflection.
     */
    String descriptors() default "";

    /**
     * Whether requests say that a fault is on: while one is, they carry {@code X-Chaos-ID} and {@code X-Chaos-Type}, and the
     * same as W3C baggage; and whether each begins a trace where {@link Traces} asks for that.
     */
    boolean chaosId() default true;

    /** Holds several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @interface Repeated {
        /** The loads. */
        Load[] value();
    }
}
