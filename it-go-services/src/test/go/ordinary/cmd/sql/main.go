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

// rows holds one of twenty connections for as long as a call takes, and counts the answers in a table.
func rows(host string) kinds.Call {
	db, err := sql.Open("sqlite", "file:/rows?vfs=memdb&_pragma=busy_timeout(2000)") // in memory, shared
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxIdleConns(20)
	if _, err := db.Exec("CREATE TABLE answers (at TEXT)"); err != nil {
		log.Fatal(err)
	}
	db.SetMaxOpenConns(20)
	client := &http.Client{Timeout: 2 * time.Second}
	return func(ctx context.Context) error {
		held, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		defer held.Close()
		if err := kinds.Get(ctx, client, host); err != nil {
			return err
		}
		_, err = held.ExecContext(ctx, "INSERT INTO answers VALUES (?)", time.Now().String())
		return err
	}
}
