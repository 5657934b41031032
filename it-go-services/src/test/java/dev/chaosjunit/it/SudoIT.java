// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local runtime's keeper and launcher refuse sudo that starts them, not the root shell that sudo starts here. */
@Tag("slow")
@DisplayName("A JVM that is not root, but may use sudo")
class SudoIT {

    @Test
    @DisplayName("runs an io_uring fault on the local runtime")
    void ioUring(@TempDir Path temporary) throws IOException, InterruptedException {
        String output = ChildJvm.startWithoutRoot(
                        TestCase.class,
                        "-Dchaos.require=true",
                        "-Dchaos.report=" + temporary.resolve("report"),
                        "-Djava.io.tmpdir=" + temporary)
                .output(Duration.ofMinutes(2));

        assertThat(output).contains("ran as another than root", "1 tests successful");
    }

    @ChaosTest(manifests = "classpath:files.yaml")
    @ShopImages
    @Load(url = "http://uring-reader/files/small", rate = "100/s")
    @Slo(errorRate = "20%")
    static class TestCase {
        @Test
        @IoUringFault(
                selector = "app=uring-reader",
                operation = IoUringOperation.SETUP,
                action = IoUringAction.ERROR,
                errno = "ENOSYS",
                duration = "1s")
        void test(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
            assertThat(List.of("root", "0")).doesNotContain(System.getProperty("user.name"));
            System.out.println("ran as another than root");
        }
    }
}
