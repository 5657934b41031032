# SPDX-License-Identifier: Apache-2.0
# Starts the keeper of a node, in the node's pid and mount namespaces: prints "keeper PID", then "listening", and ends
# with it. Its directory is a mount of the node's own: nothing of it is left when the node is gone. The agent lies there
# as well, for pods to be launched by.
# usage: keeper.sh DIRECTORY; stdin: the agent's executable
set -eu
trap 'cat >/dev/null' EXIT # who hands us the executable shall read why it was not taken
directory=$1
mkdir "$directory"
mount -t tmpfs -o mode=0755 chaos-junit-keeper "$directory"
cd "$directory"
cat >chaos-agent
chmod 0755 chaos-agent
{
  read -r pid _ </proc/self/stat # still the machine's /proc, hence the machine's number
  echo "keeper $pid"
  exec ./chaos-agent keep "$directory" </dev/null >log 2>&1
} &
until [ -S keeper.sock ] && [ -S control.sock ]; do
  kill -0 $! 2>/dev/null || { cat log; exit 1; }
  sleep 0.01
done
echo listening
wait $!
