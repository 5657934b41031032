// SPDX-License-Identifier: Apache-2.0
/*
 * Commands on one ring with several operations under way, each answered by a line:
 *   late OP     OP and a NOP behind it: `late: enter_us= nop_us= us= result= right=`: how long the call took, when each
 *               completed, and whether the data is what it should be
 *   many N      N receives at once, for which there is data: `right= us=` until the last
 *   cancel OP   OP, which would wait, and its cancellation: `cancel= result=`
 *   twice       a receive that is cancelled before its data comes, and another: `first= second= right=`
 *   chain       a WRITE that a READ is linked to; fixed: a READ of a registered file; drain: a NOP that waits for a
 *               READ: `result= last= right=`
 *   idle        a receive for which nothing comes, and the ring is closed: `closed=`
 *   leave       a receive for which nothing comes, no answer; stop: its cancellation: `cancel= result=`
 *   bad OP      OP with memory, lengths and files that there are not: `results=`
 *   flood N     N receives for which nothing comes, and the ring is closed: `closed=`
 * OP: read readv write writev fsync recv recvmsg send sendmsg poll timeout pipe
 */
#ifndef URING_LATE_H
#define URING_LATE_H

#include <stdbool.h>

/* Whether it is a command of these. */
bool late_run(const char *command);

#endif
