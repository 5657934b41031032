// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.ChaosRun;
import java.io.IOException;
import java.net.URI;

/**
 * What a PostgreSQL among the pods says itself, asked by this machine's psql.
 *
 * @param service its Service
 * @param database one of its databases
 */
record Psql(ChaosRun.Service service, String database) {

    /** A result's rows, a line each, their columns parted by {@code |}. */
    String query(String sql) throws IOException, InterruptedException {
        URI url = URI.create(service.url());
        return Commands.run(
                "psql",
                "--host=" + url.getHost(),
                "--port=" + url.getPort(),
                "--username=postgres",
                "--dbname=" + database,
                "-Atc",
                sql);
    }

    /** A result of one number. */
    int count(String sql) throws IOException, InterruptedException {
        return Integer.parseInt(query(sql).strip());
    }
}
