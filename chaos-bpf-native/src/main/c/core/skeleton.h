// SPDX-License-Identifier: Apache-2.0
/*
 * Loading a light skeleton so that a refusal explains itself. A skeleton can only be loaded once, so it is opened a
 * second time with a verifier log after a first failure, and the end of that log goes into the message.
 *
 *     static void configure(struct networkdelay *skeleton, const void *options) { skeleton->rodata->… = …; }
 *     SKELETON_LOADER(networkdelay)
 *     struct networkdelay *skeleton = networkdelay_load_explained(configure, options, f);
 */
#ifndef SKELETON_H
#define SKELETON_H

#include "failure.h"

/* `unsupported` or `denied`, with the end of the verifier log. */
int skeleton_failure(const char *name, int err, const char *log, struct failure *f);

char *skeleton_log(void);
#define SKELETON_LOG_SIZE (1u << 20)

/* The verifier gives up, with EAGAIN, when its thread has something else to do, such as to end an io_uring. */
#define SKELETON_TRIES 5

#define SKELETON_LOADER(T)                                                                                             \
    static struct T *T##_try_load(void (*configure)(struct T *, const void *), const void *options, char *log)         \
    {                                                                                                                  \
        struct T *skeleton = T##__open();                                                                              \
        if (!skeleton)                                                                                                 \
            return NULL;                                                                                               \
        configure(skeleton, options);                                                                                  \
        if (log) {                                                                                                     \
            skeleton->ctx.log_level = 1;                                                                               \
            skeleton->ctx.log_size = SKELETON_LOG_SIZE;                                                                \
            skeleton->ctx.log_buf = (__u64)(unsigned long)log;                                                         \
        }                                                                                                              \
        int rc = T##__load(skeleton);                                                                                  \
        if (!rc)                                                                                                       \
            return skeleton;                                                                                           \
        T##__destroy(skeleton);                                                                                        \
        errno = -rc;                                                                                                   \
        return NULL;                                                                                                   \
    }                                                                                                                  \
    static struct T *T##_load_explained(void (*configure)(struct T *, const void *), const void *options,              \
                                        struct failure *f)                                                             \
    {                                                                                                                  \
        struct T *skeleton = NULL;                                                                                     \
        for (int tries = 0; !skeleton && tries < SKELETON_TRIES && (!tries || errno == EAGAIN); tries++)               \
            skeleton = T##_try_load(configure, options, NULL);                                                         \
        if (skeleton)                                                                                                  \
            return skeleton;                                                                                           \
        int err = errno;                                                                                               \
        char *log = skeleton_log();                                                                                    \
        if (log && (skeleton = T##_try_load(configure, options, log)))                                                 \
            T##__destroy(skeleton);                                                                                    \
        skeleton_failure(#T, err, log, f);                                                                             \
        free(log);                                                                                                     \
        return NULL;                                                                                                   \
    }

#endif
