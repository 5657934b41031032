#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Run each test program given; the last line says how many tests passed and failed. A program that ends without its own
# summary (a crash) counts as one failure.
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# What touches the kernel needs root; the parsers and the arithmetic do not.
run() {
    case $(id -u):$1 in
    0:*) "$1" ;;
    *_bpf_test | *_live_test) sudo -n env "CHAOS_AGENT=$CHAOS_AGENT" "CHAOS_LIBRARY=$CHAOS_LIBRARY" \
        "CHAOS_GO_TARGETS=$CHAOS_GO_TARGETS" "$1" ;;
    *) "$1" ;;
    esac
}

for program in "$@"; do
    echo "== $(basename "$program")"
    run "$program" >"$log" 2>&1
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
