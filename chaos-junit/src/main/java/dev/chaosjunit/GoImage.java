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
 * An image name of the manifests and the Go package it is built from, before the services are brought up. For an existing
 * cluster ({@code chaos.runtime=kubeconfig}) nothing is built: its nodes must have the image, or be able to pull it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(GoImage.Repeated.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface GoImage {

    /** The {@code image} of a container in the manifests. */
    String name();

    /** A Go main package: {@code ./cmd/user-api}, or {@code module/path@version} to be fetched. */
    String main();

    /** Where the Go module is, from the working directory. Not used for a versioned package. */
    String directory() default ".";

    /** Holds several. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @interface Repeated {
        /** The images. */
        GoImage[] value();
    }
}
