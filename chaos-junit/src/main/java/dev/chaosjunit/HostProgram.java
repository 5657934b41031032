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
 * An image name of the manifests for which the local runtime, which pulls no images, takes a program of this machine.
 * In k3s and in an existing cluster the image itself is pulled, and this is not heeded.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(HostProgram.Repeated.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface HostProgram {

    /** The {@code image} of a container in the manifests; its tag may be left out. */
    String image();

    /**
     * The program and its first arguments; those of the manifests follow. {@code $(NAME)} is a variable of the
     * container. The program is looked for on the {@code PATH}, then among the files of installed Debian packages.
     */
    String[] command();

    /**
     * What a shell does once in each pod, before the program starts, with the container's variables: {@code
     * "initdb"}. Where it fails, the pod ends. A program that is started again is not prepared again.
     */
    String prepare() default "";

    /** Who runs both: a user of this machine. Unless given, whoever runs the test. */
    String user() default "";

    /** Debian packages that have the program, for the message where it is missing. */
    String[] packages() default {};

    /** Holds several. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @interface Repeated {
        /** The programs. */
        HostProgram[] value();
    }
}
