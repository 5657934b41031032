// SPDX-License-Identifier: Apache-2.0

// Command sql is the kind that keeps rows in SQLite; it is apart because SQLite takes long to compile.
package main

import (
	"context"
	"database/sql"
	"log"
	"net/http"
	"time"

	_ "modernc.org/sqlite"

	"ordinary/kinds"
)

func main() {
	kinds.All["sql"] = rows
	kinds.Serve()
}

// rows writes each answer's time into a table, over as many connections as calls come side by side.
func rows(host string) kinds.Call {
	db, err := sql.Open("sqlite", "file:/tmp/rows.db?_pragma=busy_timeout(2000)&_pragma=journal_mode(WAL)")
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxIdleConns(20)
	if _, err := db.Exec("CREATE TABLE answers (at TEXT)"); err != nil {
		log.Fatal(err)
	}
	client := &http.Client{Timeout: 2 * time.Second}
	return func(ctx context.Context) error {
		rows, err := db.QueryContext(ctx, "SELECT count(*) FROM answers")
		if err != nil {
			return err
		}
		defer rows.Close() // the connection is held as long as the call takes
		if err := kinds.Get(ctx, client, host); err != nil {
			return err
		}
		_, err = db.ExecContext(ctx, "INSERT INTO answers VALUES (?)", time.Now().String())
		return err
	}
}
