// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@ChaosTest(manifests = "classpath:pages.yaml")
@GoImage(
        name = "example.org/pages", // any tag
        directory = "src/test/go/pages", // a module elsewhere
        main = {"./cmd/pages", "./cmd/stamp"}, // the image runs the first, which finds the second on its PATH
        files = "templates/**",
        workingDir = "/app",
        ldflags = "-X main.edition=first")
@DisplayName("An image of two programs and a template")
class GoImageIT {

    @Test
    @DisplayName("starts where its template is, and runs its other program")
    void pages(ChaosRun run) {
        String page = given().baseUri(run.service("pages").url())
                .get("/")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(page).isEqualTo("<p>Edition first, stamped [templates/page.html]\n");
    }
}
