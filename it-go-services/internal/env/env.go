// SPDX-License-Identifier: Apache-2.0

// Package env reads the configuration of a service, all of which comes from environment variables.
package env

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// String returns the variable, or fallback if it is unset or empty.
func String(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}

// OneOf returns the variable, which must be one of allowed, or the first of them if it is unset or empty.
func OneOf(name string, allowed ...string) (string, error) {
	value := String(name, allowed[0])
	for _, word := range allowed {
		if value == word {
			return value, nil
		}
	}
	return "", fmt.Errorf("%s=%q: must be one of %s", name, value, strings.Join(allowed, ", "))
}

// Duration returns the variable, or fallback if it is unset or empty.
func Duration(name, fallback string) (time.Duration, error) {
	value, err := time.ParseDuration(String(name, fallback))
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return value, nil
}
