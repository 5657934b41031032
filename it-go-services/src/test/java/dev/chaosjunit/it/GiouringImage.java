// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.GoImage;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A server on a library that has no version for this Go: GOFLAGS must have {@code -ldflags=-checklinkname=0}. */
@GoImage(name = "giouring-server", main = ".", directory = "src/test/go/giouring-server")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface GiouringImage {}
