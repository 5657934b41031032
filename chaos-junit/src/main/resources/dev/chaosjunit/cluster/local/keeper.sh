# SPDX-License-Identifier: Apache-2.0
# Starts the keeper of a node, in the node's pid and mount namespaces: prints "keeper PID", then "listening", and ends
# with it. Its directory is a mount of the node's own: nothing of it is left when the node is gone.
# usage: keeper.sh DIRECTORY AGENT
set -eu
directory=$1 agent=$2
mkdir "$directory"
mount -t tmpfs -o mode=0755 chaos-junit-keeper "$directory"
cd "$directory"
{
  read -r pid _ </proc/self/stat # still the machine's /proc, hence the machine's number
  echo "keeper $pid"
  exec "$agent" keep "$directory" </dev/null >log 2>&1
} &
until [ -S keeper.sock ] && [ -S control.sock ]; do
  kill -0 $! 2>/dev/null || { cat log; exit 1; }
  sleep 0.01
done
echo listening
wait $!
