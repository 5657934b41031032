# SPDX-License-Identifier: Apache-2.0
# Runs a builder, and kills it and all that it started when the JVM is gone.
# usage: builder.sh COMMAND...; stdin: a pipe that the JVM holds open
trap '' HUP INT TERM # Ctrl-C reaches the whole process group: outlive the JVM, then clean up
exec 3<&0

# The builder leads a process group of its own: setsid does not fork here. macOS has none, but a shell that does it.
if command -v setsid >/dev/null; then
  setsid "$@" </dev/null 3<&- &
else
  set -m
  "$@" </dev/null 3<&- &
fi
builder=$!
{ read -r _ <&3; kill -9 "-$builder"; } >/dev/null 2>&1 &
watch=$!
wait "$builder"
status=$?
kill -9 "$watch" 2>/dev/null
exit $status
