// SPDX-License-Identifier: Apache-2.0
/*
 * The keeper: a process that holds the seccomp listeners of pods, and answers what they hand over. Without a fault
 * every call goes on as if nothing were there. It outlives agents, and it must outlive the pods: a listener without a
 * holder gives ENOSYS to every call.
 */
#ifndef KEEPER_H
#define KEEPER_H

/*
 * `chaos-agent keep DIRECTORY`: until SIGTERM. Makes DIRECTORY/keeper.sock for pods, DIRECTORY/runtime.sock for runc
 * and DIRECTORY/control.sock for agents.
 */
int keeper_main(const char *directory);

/* `chaos-agent launch [--enter] DIRECTORY -- PROGRAM…`: become a program whose use of io_uring the keeper hears of. */
int launch_main(char **arguments);

#endif
