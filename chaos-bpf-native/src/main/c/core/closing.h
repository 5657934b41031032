// SPDX-License-Identifier: Apache-2.0
/*
 * Taking apart what is off already, on a thread for each. Closing a link waits until its program runs nowhere, and for
 * programs at uprobes of others as well: a request must not wait with it. Callers hold the lock of chaosbpf_request().
 */
#ifndef CLOSING_H
#define CLOSING_H

#include <stdbool.h>
#include <stddef.h>

#define CLOSING_NAME_SIZE 64

/* Begin with take_apart(what). Does it at once where no thread can be had. */
void closing_begin(const char *name, void (*take_apart)(void *), void *what);

/* Wait until all is taken apart, at most so long; -1: for ever. Whether it is. */
bool closing_await(int ms);

/* The names of what is left, with commas. */
void closing_names(char *text, size_t size);

#endif
