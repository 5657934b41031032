// SPDX-License-Identifier: Apache-2.0

// Command stamp says in which directory it runs, and what files it finds there.
package main

import (
	"fmt"
	"log"
	"path/filepath"
)

func main() {
	files, err := filepath.Glob("*/*")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(files)
}
