#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Run each test program given; the last line says how many tests passed and failed. A program that ends without its own
# summary (a crash) counts as one failure.
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for program in "$@"; do
    echo "== $(basename "$program")"
    "$program" >"$log" 2>&1
    status=$?
    cat "$log"
    set -- $(sed -n 's/^# \([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$log" | tail -n 1)
    if [ $# -ne 2 ] || { [ "$status" -ne 0 ] && [ "$2" -eq 0 ]; }; then
        echo "FAILED $(basename "$program") ended with status $status"
        failed=$((failed + 1))
    fi
    passed=$((passed + ${1:-0}))
    failed=$((failed + ${2:-0}))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
