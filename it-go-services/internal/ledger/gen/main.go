// SPDX-License-Identifier: Apache-2.0

// Command gen makes Ent's code from the schema, if that or go.mod is newer than the code.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"entgo.io/ent/entc"
	"entgo.io/ent/entc/gen"
)

const (
	target = "ent"
	made   = target + "/client.go"
	pkg    = "github.com/chaos-junit/chaos-junit/it-go-services/internal/ledger/ent"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run() error {
	fresh, err := upToDate()
	if err != nil || fresh {
		return err
	}
	return entc.Generate("./schema", &gen.Config{Target: target, Package: pkg}, entc.FeatureNames("sql/upsert"))
}

func upToDate() (bool, error) {
	sources, err := filepath.Glob("schema/*.go")
	if err != nil {
		return false, err
	}
	code, err := os.Stat(made)
	if os.IsNotExist(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, source := range append(sources, "../../go.mod", "gen/main.go") {
		info, err := os.Stat(source)
		if err != nil {
			return false, err
		}
		if info.ModTime().After(code.ModTime()) {
			return false, nil
		}
	}
	return true, nil
}
