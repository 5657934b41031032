// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Where gowatch.bpf.c looks at a Go program: the cookies of its probes. */
#ifndef GOWATCH_H
#define GOWATCH_H

enum gowatch_place { GO_STOPS, GO_STARTS, GO_READY, GO_EXECUTES, GO_PLACES };

#endif
