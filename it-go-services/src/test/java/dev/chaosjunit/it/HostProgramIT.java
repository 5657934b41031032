// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.HostProgram;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("PostgreSQL of this machine, for an image of the manifests,")
class HostProgramIT {
    /** Pods share this machine's files: the manifest says where its data are. */
    private static final String DATA = "/tmp/chaos-junit-postgres-0";

    @Test
    @DisplayName("answers queries, with the settings of image and manifest")
    void query() throws IOException, InterruptedException {
        try {
            Fixtures.succeeds(TestCase.class);
        } finally {
            Commands.runAsRoot(List.of("rm", "-rf", DATA));
        }
    }

    @ChaosTest(manifests = "classpath:postgres.yaml") // image: postgres:16-alpine
    @HostProgram(
            image = "postgres",
            prepare = """
                    initdb --auth=trust --no-sync >/dev/null
                    echo 'host all all 198.18.0.0/15 trust' >>"$PGDATA/pg_hba.conf"
                    echo "CREATE DATABASE $POSTGRES_DB" | postgres --single postgres >/dev/null
                    """,
            command = {"postgres", "-c", "listen_addresses=*", "-c", "unix_socket_directories="},
            user = "postgres",
            packages = "postgresql")
    static class TestCase {
        @Test
        void query(ChaosRun run) throws IOException, InterruptedException {
            Psql database = new Psql(run.service("postgres"), "shop");

            assertThat(database.query("SELECT current_database(), current_setting('shared_buffers')"))
                    .isEqualTo("shop|16MB\n");
        }
    }
}
