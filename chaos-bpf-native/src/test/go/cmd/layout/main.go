// SPDX-License-Identifier: Apache-2.0

// Command layout prints the lines of the table in go_layout.c from the debug information of Go programs: one built by
// each release. go run ./cmd/layout PROGRAM...
package main

import (
	"debug/buildinfo"
	"debug/dwarf"
	"debug/elf"
	"fmt"
	"log"
	"os"
	"strings"
)

var wanted = map[string][]string{
	"runtime.g": {"m", "goid", "labels", "startpc", "throwsplit"},
	"runtime.m": {"curg", "mallocing", "preemptoff", "locks"},
}

func main() {
	log.SetFlags(0)
	for _, path := range os.Args[1:] {
		line, err := layout(path)
		if err != nil {
			log.Fatalf("%s: %v", path, err)
		}
		fmt.Println(line)
	}
}

func layout(path string) (string, error) {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return "", err
	}
	file, err := elf.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	data, err := file.DWARF()
	if err != nil {
		return "", err
	}
	offsets, err := fields(data)
	if err != nil {
		return "", err
	}
	var values []string
	for _, name := range []string{"runtime.g", "runtime.m"} {
		for _, field := range wanted[name] {
			values = append(values, fmt.Sprint(offsets[name+"."+field]))
		}
	}
	return fmt.Sprintf("{%s}, // %s", strings.Join(values, ", "), info.GoVersion), nil
}

func fields(data *dwarf.Data) (map[string]int64, error) {
	offsets := map[string]int64{}
	reader := data.Reader()
	for entry, err := reader.Next(); entry != nil; entry, err = reader.Next() {
		if err != nil {
			return nil, err
		}
		name, _ := entry.Val(dwarf.AttrName).(string)
		if entry.Tag != dwarf.TagStructType || wanted[name] == nil {
			continue
		}
		structure, err := data.Type(entry.Offset)
		if err != nil {
			return nil, err
		}
		for _, field := range structure.(*dwarf.StructType).Field {
			offsets[name+"."+field.Name] = field.ByteOffset
		}
	}
	return offsets, nil
}
