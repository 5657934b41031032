#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Run each test program given, JOBS (1) side by side but for those that ALONE names, which come last; the last line says
# how many tests passed and failed. A program that ends without its own summary (a crash) counts as one failure.

# What touches the kernel needs root; the parsers and the arithmetic do not.
run() {
    case $(id -u):$1 in
    0:*) "$1" ;;
    *_bpf_test | *_live_test) sudo -n env "CHAOS_AGENT=$CHAOS_AGENT" "CHAOS_LIBRARY=$CHAOS_LIBRARY" \
        "CHAOS_GO_TARGETS=$CHAOS_GO_TARGETS" "$1" ;;
    *) "$1" ;;
    esac
}

# Run one, and print what it said in one piece, as others print, too.
run_one() {
    log=$LOGS/$(basename "$1")
    start=$(date +%s)
    run "$1" >"$log" 2>&1
    status=$?
    set -- $(sed -n 's/^# \([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$log" | tail -n 1)
    if [ $# -ne 2 ] || { [ "$status" -ne 0 ] && [ "$2" -eq 0 ]; }; then
        echo "FAILED $(basename "$log") ended with status $status" >>"$log"
        set -- "${1:-0}" $((${2:-0} + 1))
    fi
    echo "$1 $2" >>"$LOGS/counts"
    flock "$LOGS" sh -c 'echo "== $1, $2 s"; cat "$3"' sh "$(basename "$log")" $(($(date +%s) - start)) "$log"
}

if [ "$1" = --one ]; then
    run_one "$2"
    exit 0
fi

LOGS=$(mktemp -d)
export LOGS
trap 'rm -rf "$LOGS"' EXIT
printf '%s\n' "$@" | grep -vE "/(${ALONE:-none})\$" | xargs -r -P "${JOBS:-1}" -n 1 sh "$0" --one
printf '%s\n' "$@" | grep -E "/(${ALONE:-none})\$" | xargs -r -n 1 sh "$0" --one
awk -v programs=$# '{ passed += $1; failed += $2 }
     END { failed += programs - NR; printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }' "$LOGS/counts"
