// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.extension.ChaosExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes an annotation one of a kind of fault. Its simple name is that of the kind, a {@link
 * dev.chaosjunit.fault.FaultKind} in {@code META-INF/services}, which reads its elements. An element that the kind does not
 * read is refused, and so is an annotation without a kind. The container of one that may be
 * repeated has an {@code @ExtendWith(ChaosExtension.class)} of its own.
 */
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(ChaosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ChaosFault {}
