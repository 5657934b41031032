// SPDX-License-Identifier: Apache-2.0
/* The keeper's own io_uring: does what was taken from others, and tells them, without ever waiting. */
#ifndef KEEPER_OWN_RING_H
#define KEEPER_OWN_RING_H

#include <linux/io_uring.h>
#include <stdbool.h>
#include <stdint.h>

/* False where this kernel lacks what is needed (messages between rings: Linux 5.18): nothing is taken then. */
bool own_ring_open(void);
bool own_ring_is_open(void);

/* Readable when something has completed; -1 without a ring. */
int own_ring_fd(void);

/* What the operations of others run as: nobody, with no capability, as they are asked for by who is not trusted. */
uint16_t own_ring_personality(void);

/* Submit, at the latest with the next flush. False when the kernel takes no more now. */
bool own_ring_submit(const struct io_uring_sqe *entry);
void own_ring_flush(void);

/* The next that has completed. */
bool own_ring_next(struct io_uring_cqe *completion);

/* Close what came from another process: its file system may be one that makes us wait for as long as it likes. No ring.
 */
void own_ring_close(int descriptor);

#endif
