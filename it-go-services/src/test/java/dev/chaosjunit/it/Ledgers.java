// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.HostProgram;
import dev.chaosjunit.Slo;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** PostgreSQL and the ledgers. */
@ChaosTest(
        manifests = {"classpath:ledger-db.yaml", "classpath:ledger.yaml"},
        baseline = "2s",
        recovery = "2s",
        recoverWithin = "10s")
@ShopImages
@Ledgers.Database
@Slo(p95 = "500ms", errorRate = "5%")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Ledgers {

    /** What the image {@code postgres} is where none can be run: this machine's. */
    @HostProgram(
            image = "postgres",
            prepare = """
                    if [ ! -s "$PGDATA/PG_VERSION" ]; then
                      initdb --auth=trust --no-sync >/dev/null
                      echo 'host all all 198.18.0.0/15 trust' >>"$PGDATA/pg_hba.conf"
                      echo "CREATE DATABASE $POSTGRES_DB" | postgres --single postgres >/dev/null
                    fi
                    """,
            command = {"postgres", "-c", "listen_addresses=*", "-c", "unix_socket_directories="},
            user = "postgres",
            packages = "postgresql")
    @Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Database {}
}
