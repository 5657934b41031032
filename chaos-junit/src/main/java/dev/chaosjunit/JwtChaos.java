// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.extension.ChaosExtension;
import dev.chaosjunit.jwt.JwtMutation;
import dev.chaosjunit.jwt.Mutation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sends requests with mutated JSON Web Tokens beside those of each {@link Load} that carries a token
 * ({@code "Authorization: Bearer …"}), for a time, as a fault of its own or while others are on. Each mutated request must
 * get the status that its mutation wants, none may fail otherwise, and the load's own must meet their SLO meanwhile.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(ChaosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface JwtChaos {

    /** What is done to tokens. Where none is named, here or in {@link #custom()}: all that can be done with the token and the key. */
    Mutation[] mutations() default {};

    /** Mutations of the test's own; each class has a constructor without parameters. */
    Class<? extends JwtMutation>[] custom() default {};

    /** How many mutated requests are sent, all mutations together, as a share of the load's rate; above 0%, at most 100%. */
    String share() default "20%";

    /** How long they are sent; above 0s. */
    String duration() default "10s";

    /**
     * What good tokens are signed with: a secret (HS256, HS384, HS512), PEM of an RSA key (RS256, RS384, RS512), or
     * {@code classpath:FILE} or {@code file:FILE} with either. Without it, only what needs no new signature can be done.
     */
    String key() default "";

    /** How far clocks may be apart by the service's word; {@link Mutation#CLOCK_SKEW} needs 2 s more than the duration. */
    String leeway() default "0s";

    /** Subject of another user's token, for {@link Mutation#OTHER_USER}. */
    String otherUser() default "another-user";

    /** Statuses that differ from what a mutation wants, {@code "OTHER_USER: 404"} each. */
    String[] expect() default {};

    /**
     * A static method of the test class, without parameters, that returns the good token of all loads that have no
     * {@code Authorization} header; it is called anew for each test. Without it, loads bring their tokens in their headers.
     */
    String tokenFrom() default "";
}
