// SPDX-License-Identifier: Apache-2.0
/* What delay_bench.c measures, a table each. */
#ifndef DELAY_PARTS_H
#define DELAY_PARTS_H

#define DELAY_PORT 7200 /* echoes, by TCP and UDP; the next ones are for bulk and streams */
#define DELAY_US 100000

void delay_accuracy(void);    /* how exact it is, and what a request costs while it is not on */
void delay_bulk(void);        /* what is left of the throughput */
void delay_connections(void); /* whether several connections get in each other's way */
void delay_cpu(void);         /* what the helper takes of a processor, and how late packets are */
void delay_switching(void);   /* how fast it is on, and how fast off with much that is held */
void delay_ends(void);        /* how long after its end the helper still captures packets */

#endif
