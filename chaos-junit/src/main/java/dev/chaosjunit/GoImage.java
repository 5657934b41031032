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
 * An image name of the manifests and the Go packages it is built from, before the services are brought up. Go runs
 * with the user's own settings ({@code GOPRIVATE}, {@code GOFLAGS}, {@code go.work}, {@code .netrc}), and without C
 * unless asked.
 *
 * <p>For an existing cluster ({@code chaos.runtime=kubeconfig}) nothing is built: its nodes must have the image, or
 * be able to pull it. What only a build would heed is refused there: {@link #files}, {@link #workingDir}, {@link
 * #buildFlags}, {@link #ldflags}, {@link #tags}, {@link #cgo}.
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

    /**
     * Go main packages: {@code ./cmd/user-api}, or {@code module/path@version} to be fetched. All are in
     * {@code /usr/local/bin}, named as Go names them, and in {@link #workingDir} where one is given; the first is what
     * the image runs.
     */
    String[] main();

    /**
     * Where the Go module is, from the working directory; not used for a versioned package. Files are looked for
     * there.
     */
    String directory() default ".";

    /**
     * What else the image holds: globs from the directory, such as {@code templates/**}; each must name a file. A file
     * keeps its relative path, below the working directory of the image.
     */
    String[] files() default {};

    /** Where in the image the program starts, an absolute path. */
    String workingDir() default "/";

    /** More flags of {@code go build}, each in one piece: {@code "-gcflags=all=-N"}. */
    String[] buildFlags() default {};

    /** What {@code go build -ldflags} is told: {@code "-s -X main.version=1"}. */
    String ldflags() default "";

    /** Build constraints that are met. */
    String[] tags() default {};

    /**
     * Whether C code is compiled in. The image then gets this machine's libraries that its programs are linked with.
     */
    boolean cgo() default false;

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
