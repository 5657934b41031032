// SPDX-License-Identifier: Apache-2.0
#include "uring_kernel.h"

#include <errno.h>
#include <linux/io_uring.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NOP_INJECT_RESULT 1 /* IORING_NOP_INJECT_RESULT */
#define PROBED 256

static int open_ring(struct io_uring_params *params, struct failure *f)
{
    memset(params, 0, sizeof *params);
    int ring = (int)syscall(SYS_io_uring_setup, 1, params);
    return ring >= 0 ? ring : fail_errno(f, UNSUPPORTED, "io_uring_setup, to see what this kernel's io_uring can do");
}

static bool is_supported(int ring, uint8_t opcode)
{
    struct io_uring_probe *probe = calloc(1, sizeof *probe + PROBED * sizeof *probe->ops);
    bool supported = probe && !syscall(SYS_io_uring_register, ring, IORING_REGISTER_PROBE, probe, PROBED) &&
                     opcode < probe->ops_len && probe->ops[opcode].flags & IO_URING_OP_SUPPORTED;
    free(probe);
    return supported;
}

int uring_kernel_has_messages(struct failure *f)
{
    struct io_uring_params params;
    int ring = open_ring(&params, f);
    if (ring < 0)
        return -1;
    bool supported = is_supported(ring, IORING_OP_MSG_RING);
    close(ring);
    return supported
               ? 0
               : fail(f, UNSUPPORTED, 0,
                      "completions cannot be sent to other rings: this kernel's io_uring has no MSG_RING (Linux 5.18)");
}

int uring_kernel_has(const struct uring_options *options, struct failure *f)
{
    struct io_uring_params params;
    if (options->operation != URING_OPCODE)
        return 0;
    int ring = open_ring(&params, f);
    if (ring < 0)
        return -1;
    bool supported = is_supported(ring, options->opcode);
    close(ring);
    if (supported)
        return 0;
    return fail(f, UNSUPPORTED, 0, "operation=%s: this kernel's io_uring has no such operation",
                uring_operation_name(options));
}

/* Submit a NOP that is to fail with EIO, and look at its completion. */
static int nop_result(int ring, const struct io_uring_params *params)
{
    void *rings = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
    struct io_uring_sqe *entry = mmap(NULL, sizeof *entry, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
    int result = 0;
    if (rings != MAP_FAILED && entry != MAP_FAILED) {
        *entry = (struct io_uring_sqe){
            .opcode = IORING_OP_NOP, .rw_flags = NOP_INJECT_RESULT, .len = (uint32_t)-EIO, .fd = -1};
        *(uint32_t *)((char *)rings + params->sq_off.array) = 0;
        __atomic_store_n((uint32_t *)((char *)rings + params->sq_off.tail), 1, __ATOMIC_RELEASE);
        if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) == 1)
            result = ((struct io_uring_cqe *)((char *)rings + params->cq_off.cqes))->res;
    }
    if (rings != MAP_FAILED)
        munmap(rings, 4096);
    if (entry != MAP_FAILED)
        munmap(entry, sizeof *entry);
    return result;
}

int uring_kernel_injects(struct failure *f)
{
    struct io_uring_params params;
    int ring = open_ring(&params, f);
    if (ring < 0)
        return -1;
    int result = nop_result(ring, &params);
    close(ring);
    return result == -EIO ? 0
                          : fail(f, UNSUPPORTED, 0,
                                 "completions cannot be made to fail: this kernel's io_uring has no "
                                 "IORING_NOP_INJECT_RESULT (Linux 6.10)");
}
