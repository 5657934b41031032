// SPDX-License-Identifier: Apache-2.0
package com.example;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import org.junit.jupiter.api.Test;

@ChaosTest(manifests = "classpath:httpbin.yaml")
@GoImage(name = "httpbin", main = "github.com/mccutchen/go-httpbin/v2/cmd/go-httpbin@v2.26.0")
@Load(url = "http://httpbin/get", rate = "200/s")
@Slo(p99 = "500ms", errorRate = "1%")
class HttpbinTest {

    @Test
    @NetworkDelay(selector = "app=httpbin", latency = "150ms", duration = "5s")
    @Slo(phase = Phase.FAULT, p99 = "800ms", errorRate = "1%")
    void staysWithinItsLimitsOnASlowNetwork() {}
}
