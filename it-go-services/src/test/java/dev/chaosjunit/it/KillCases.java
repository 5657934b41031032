// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.CpuStress;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.Load;
import dev.chaosjunit.MemoryStress;
import dev.chaosjunit.NetworkBandwidth;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.NetworkLoss;
import dev.chaosjunit.NetworkPartition;
import dev.chaosjunit.NetworkReorder;
import dev.chaosjunit.PodKill;
import dev.chaosjunit.PodPause;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.fault.LoadOf;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An experiment with each fault, which the services pass: what is red was done by a kill. */
final class KillCases {
    static final List<Class<?>> ALL = List.of(
            DnsTestCase.class,
            DelayTestCase.class,
            LossTestCase.class,
            BandwidthTestCase.class,
            ReorderTestCase.class,
            PartitionTestCase.class,
            ResetTestCase.class,
            PanicTestCase.class,
            GoDelayTestCase.class,
            UringTestCase.class,
            PodKillTestCase.class,
            PodPauseTestCase.class,
            CpuStressTestCase.class,
            MemoryStressTestCase.class);

    private KillCases() {}

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    static class DnsTestCase {
        @Test
        @DnsChaos(
                selector = "app=user-api",
                patterns = "auth-service.default.svc.cluster.local",
                action = DnsAction.NXDOMAIN,
                duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    static class DelayTestCase {
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "50ms", duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    static class ResetTestCase {
        @Test
        @ConnectionReset(selector = "app=user-api", target = "app=auth-service", duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    static class BandwidthTestCase {
        @Test
        @NetworkBandwidth(selector = "app=user-api", rate = "2mbit", duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    static class ReorderTestCase {
        @Test
        @NetworkReorder(selector = "app=user-api", reorder = "25%", latency = "20ms", duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    static class LossTestCase {
        @Test
        @NetworkLoss(selector = "app=user-api", target = "app=auth-service", loss = "20%", duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    static class PartitionTestCase {
        @Test
        @NetworkPartition(selector = "app=user-api", target = "app=auth-service", duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    static class PanicTestCase {
        @Test
        @GoPanic(selector = "app=user-api", function = "users.(*handler).get", count = 3, duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "20/s")
    @Slo(errorRate = "20%")
    static class GoDelayTestCase {
        @Test
        @GoDelay(selector = "app=user-api", function = "users.(*handler).get", latency = "10ms", duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    static class PodKillTestCase {
        @Test
        @PodKill(selector = "app=auth-service", duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "10%")
    static class PodPauseTestCase {
        @Test
        @PodPause(selector = "app=auth-service", duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:stress.yaml", baseline = "2s", recovery = "2s")
    @GoImage(name = "cache", main = "./src/test/go/cache")
    @Load(url = "http://cache/", rate = "20/s")
    @Slo(errorRate = "10%")
    static class CpuStressTestCase {
        @Test
        @CpuStress(selector = "app=cache", load = "50%", of = LoadOf.LIMIT, duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:stress.yaml", baseline = "2s", recovery = "2s")
    @GoImage(name = "cache", main = "./src/test/go/cache")
    @Load(url = "http://cache/", rate = "20/s")
    @Slo(errorRate = "10%")
    static class MemoryStressTestCase {
        @Test
        @MemoryStress(selector = "app=cache", size = "32MiB", oom = true, duration = "3s")
        void run() {}
    }

    @ChaosTest(manifests = "classpath:files.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://uring-reader/files/small", rate = "50/s")
    @Slo(errorRate = "10%")
    static class UringTestCase {
        @Test
        @IoUringFault(
                selector = "app=uring-reader",
                operation = IoUringOperation.READ,
                action = IoUringAction.DELAY,
                latency = "20ms",
                duration = "3s")
        void run() {}
    }
}
