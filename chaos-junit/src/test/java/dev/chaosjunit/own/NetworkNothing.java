// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.own;

import dev.chaosjunit.ChaosFault;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Look at packets of chosen pods and do nothing to them: a kind of fault that is a user's own. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ChaosFault
public @interface NetworkNothing {

    String selector();

    String[] namespaces() default {};

    Direction direction() default Direction.TO;

    String target() default "";

    String[] externalTargets() default {};

    String port() default "";

    Protocol protocol() default Protocol.ANY;

    Probes probes() default Probes.HIT;

    Mode mode() default Mode.ALL;

    String value() default "";

    String duration();

    String minTouched() default "";
}
