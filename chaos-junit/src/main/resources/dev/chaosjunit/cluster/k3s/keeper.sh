# SPDX-License-Identifier: Apache-2.0
# Starts the keeper of a node, says that it listens, and ends when it does.
# usage: keeper.sh PROGRAM DIRECTORY
set -eu
program=$1 directory=$2
mkdir -p "$directory"
"$program" keep "$directory" </dev/null >"$directory/log" 2>&1 &
until [ -S "$directory/runtime.sock" ] && [ -S "$directory/keeper.sock" ]; do
  kill -0 $! 2>/dev/null || { cat "$directory/log"; exit 1; }
  sleep 1
done
echo listens
wait $!
