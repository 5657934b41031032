// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.ResetTime;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@DisplayName("Connections of a caller to its backend")
@ChaosTest(manifests = "classpath:kept.yaml", baseline = "500ms", recovery = "500ms")
@GoImage(name = "forward", main = "./src/test/go/forward")
class ConnectionResetIT {

    @Test
    @DisplayName("are reset as long as the fault lasts, new ones too; another caller's are not")
    @ConnectionReset(selector = "app=kept", target = "app=backend", duration = "3s")
    void reset(ChaosRun run) throws Exception {
        assertThat(get(run, "kept")).startsWith("502 ").contains("connection reset by peer");
        assertThat(get(run, "fresh")).startsWith("200 ");
        run.awaitRevert();
        assertThat(get(run, "kept")).startsWith("200 ");
    }

    private static String get(ChaosRun run, String service) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(run.service(service).url() + "/"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Test
    @DisplayName("are closed at once, idle ones too, and no later ones")
    @Load(url = "http://kept/", rate = "100/s")
    @ConnectionReset(selector = "app=kept", target = "app=backend", when = ResetTime.AT_ONCE, duration = "1s")
    @Slo(phase = Phase.FAULT, errorRate = "3%")
    void atOnce() {}
}
