// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

@Tag("both")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("A fault in a process that cannot be is refused, ")
class CallFaultRefusalsIT {
    @Test
    @DisplayName(
            "in functions that no program has, that are the runtime's or not unambiguous: all at once, before a start")
    void functions() {
        Throwable failure = Fixtures.onlyFailure(FunctionsTestCase.class);
        assertThat(failure)
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("panic in users.(*handler).gett, 1s, on app=user-api (all): image user-api of"
                        + " Deployment/user-api: the program has no function users.(*handler).gett; near: ")
                .hasMessageContaining("internal/users.(*handler).get")
                .hasMessageContaining(
                        "runtime.mallocgc: it belongs to the Go runtime, which would hang or end the program")
                .hasMessageContaining("function NewHandler is not unambiguous");
        assertThat(String.valueOf(failure.getMessage()).lines()).hasSize(3);
    }

    @Test
    @DisplayName("in io_uring of a pod that was not started with a listener, with what to write into its template")
    void noListener() {
        assertThat(Fixtures.onlyFailure(NoListenerTestCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("add this line to spec.template.spec of user-api, in namespace default:")
                .hasMessageContaining("\n  runtimeClassName: chaos-io-uring-enter");
    }

    @Test
    @DisplayName("in an operation that a listener for rings alone does not see")
    void setupListenerOnly() {
        assertThat(Fixtures.onlyFailure(SetupListenerTestCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("for io_uring_setup only")
                .hasMessageContaining("chaos-io-uring-enter");
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class FunctionsTestCase {
        @Test
        @GoPanic(selector = "app=user-api", function = "users.(*handler).gett", duration = "1s")
        void unknownFunction() {}

        @Test
        @GoPanic(selector = "app=user-api", function = "runtime.mallocgc", duration = "1s")
        void runtimeFunction() {}

        @Test
        @GoPanic(selector = "app=user-api", function = "NewHandler", duration = "1s")
        void ambiguous() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class NoListenerTestCase {
        @Test
        @IoUringFault(
                selector = "app=user-api",
                operation = IoUringOperation.ENTER,
                action = IoUringAction.ERROR,
                errno = "EBUSY",
                duration = "1s")
        void noListener() {}
    }

    @ChaosTest(manifests = "classpath:files-no-fallback.yaml")
    @ShopImages
    static class SetupListenerTestCase {
        @Test
        @IoUringFault(
                selector = "app=uring-reader",
                operation = IoUringOperation.ENTER,
                action = IoUringAction.ERROR,
                errno = "EBUSY",
                duration = "1s")
        void setupListenerOnly() {}
    }
}
