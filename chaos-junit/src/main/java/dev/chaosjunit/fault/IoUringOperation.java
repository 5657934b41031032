// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/**
 * What a program asks of io_uring: the two system calls, and the operations that are submitted through a ring, named as
 * in {@code linux/io_uring.h} without {@code IORING_OP_}.
 */
public enum IoUringOperation {
    /** {@code io_uring_setup}: a ring is made. */
    SETUP,
    /** {@code io_uring_enter}: operations are submitted, completions waited for. */
    ENTER,
    NOP,
    READV,
    WRITEV,
    FSYNC,
    READ_FIXED,
    WRITE_FIXED,
    POLL_ADD,
    POLL_REMOVE,
    SYNC_FILE_RANGE,
    SENDMSG,
    RECVMSG,
    TIMEOUT,
    TIMEOUT_REMOVE,
    ACCEPT,
    ASYNC_CANCEL,
    LINK_TIMEOUT,
    CONNECT,
    FALLOCATE,
    OPENAT,
    CLOSE,
    FILES_UPDATE,
    STATX,
    READ,
    WRITE,
    FADVISE,
    MADVISE,
    SEND,
    RECV,
    OPENAT2,
    EPOLL_CTL,
    SPLICE,
    PROVIDE_BUFFERS,
    REMOVE_BUFFERS,
    TEE,
    SHUTDOWN,
    RENAMEAT,
    UNLINKAT,
    MKDIRAT,
    SYMLINKAT,
    LINKAT,
    MSG_RING,
    FSETXATTR,
    SETXATTR,
    FGETXATTR,
    GETXATTR,
    SOCKET,
    URING_CMD,
    SEND_ZC,
    SENDMSG_ZC,
    READ_MULTISHOT,
    WAITID,
    FUTEX_WAIT,
    FUTEX_WAKE,
    FUTEX_WAITV,
    FIXED_FD_INSTALL,
    FTRUNCATE,
    BIND,
    LISTEN,
    RECV_ZC,
    EPOLL_WAIT,
    READV_FIXED,
    WRITEV_FIXED,
    PIPE,
    NOP128,
    URING_CMD128;

    /** Whether it goes through a ring, and so completes. */
    public boolean completes() {
        return this != SETUP && this != ENTER;
    }
}
