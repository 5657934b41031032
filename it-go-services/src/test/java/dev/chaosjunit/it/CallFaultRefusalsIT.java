// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

@Tag("both")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("A fault in a process that cannot be is refused, ")
class CallFaultRefusalsIT {
    private final Map<String, Throwable> onUserApi = Fixtures.failures(UserApiTestCase.class);

    @Test
    @DisplayName("in a function that the program does not have, with the nearest that it has")
    void unknownFunction() {
        assertThat(onUserApi.get("unknownFunction"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("panic in users.(*handler).gett")
                .hasMessageContaining("pod user-api-")
                .hasMessageContaining("the program has no function users.(*handler).gett; near: ")
                .hasMessageContaining("internal/users.(*handler).get");
    }

    @Test
    @DisplayName("in a function of the Go runtime")
    void runtimeFunction() {
        assertThat(onUserApi.get("runtimeFunction"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("runtime.mallocgc")
                .hasMessageContaining("which would hang or end the program");
    }

    @Test
    @DisplayName("in one of two functions that a name may mean")
    void ambiguous() {
        assertThat(onUserApi.get("ambiguous"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("function NewHandler is not unambiguous");
    }

    @Test
    @DisplayName("in io_uring of a pod that was not started with a listener, with what to write into its template")
    void noListener() {
        assertThat(onUserApi.get("noListener"))
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
    static class UserApiTestCase {
        @Test
        @GoPanic(selector = "app=user-api", function = "users.(*handler).gett", duration = "1s")
        void unknownFunction() {}

        @Test
        @GoPanic(selector = "app=user-api", function = "runtime.mallocgc", duration = "1s")
        void runtimeFunction() {}

        @Test
        @GoPanic(selector = "app=user-api", function = "NewHandler", duration = "1s")
        void ambiguous() {}

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
