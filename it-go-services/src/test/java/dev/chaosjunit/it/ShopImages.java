// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.GoImage;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The images of this module's services, in one annotation; only those that the manifests name are built. */
@GoImage(name = "auth-service", main = "./cmd/auth-service")
@GoImage(name = "gateway", main = "./cmd/gateway")
@GoImage(name = "ledger-service", main = "./cmd/ledger-service")
@GoImage(name = "order-service", main = "./cmd/order-service")
@GoImage(name = "payment-service", main = "./cmd/payment-service")
@GoImage(name = "uring-reader", main = "./cmd/uring-reader")
@GoImage(name = "user-api", main = "./cmd/user-api")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface ShopImages {}
