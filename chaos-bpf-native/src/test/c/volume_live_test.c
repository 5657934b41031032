// SPDX-License-Identifier: Apache-2.0
/* Volumes in a root, in a mount namespace of the test's own. */
#include "volume.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

/* Below it "root" is what a container would see, and "volumes" is the node's. */
static char directory[] = "/tmp/chaos-volume-XXXXXX";
static char text[8][96];
static int root;

static char *below(int i, const char *path)
{
    snprintf(text[i], sizeof text[i], "%s/%s", directory, path);
    return text[i];
}

static int show(const char *volume, const char *group, const char *part, const char *target, const char *access)
{
    char *volumes[] = {below(0, volume), (char *)group, (char *)part, (char *)target, (char *)access, NULL};
    return volume_mounts(root, volumes);
}

static unsigned mode(const char *path)
{
    struct stat file;
    return stat(below(1, path), &file) ? 0 : file.st_mode & 07777;
}

static int writes(const char *path)
{
    int fd = open(below(1, path), O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    if (fd >= 0)
        close(fd);
    return fd >= 0 ? 0 : errno;
}

static void files_have_their_bytes_and_permissions(void)
{
    char bytes[] = "6100ff", empty[] = "";
    char *files[] = {
        below(0, "volumes/config/sub/a"), "0440", "7", bytes, below(2, "volumes/config/b"), "0600", "-1", empty, NULL};
    CHECK_EQUAL(volume_files(files), 0);
    CHECK_EQUAL(mode("volumes/config/sub/a"), 0440);
    struct stat file;
    CHECK(!stat(below(1, "volumes/config/sub/a"), &file) && file.st_gid == 7 && file.st_size == 3);
    char read_back[4] = "";
    int fd = open(below(1, "volumes/config/sub/a"), O_RDONLY | O_CLOEXEC);
    CHECK(read(fd, read_back, 4) == 3 && !memcmp(read_back, "a\0\xff", 3) && !close(fd));
    CHECK(mode("volumes/config/b") == 0600 && mode("volumes/config") == 0755);
}

static void a_volume_is_made_for_everybody_and_kept(void)
{
    CHECK_EQUAL(show("volumes/data", "7", "", "/data", "rw"), 0);
    CHECK_EQUAL(mode("root/data"), 02777);
    CHECK_EQUAL(writes("root/data/kept"), 0);
    CHECK_EQUAL(show("volumes/data", "8", "", "/again", "rw"), 0);
    struct stat file;
    CHECK(!stat(below(1, "root/again/kept"), &file) && file.st_gid == 7);
    CHECK_EQUAL(show("volumes/plain", "-1", "", "/plain", "rw"), 0);
    CHECK_EQUAL(mode("root/plain"), 0777);
}

static void a_part_is_a_directory_that_is_made_or_a_file(void)
{
    CHECK_EQUAL(show("volumes/parts", "-1", "a/b", "/part", "rw"), 0);
    CHECK(mode("volumes/parts/a/b") == 0777 && writes("root/part/file") == 0);
    CHECK_EQUAL(show("volumes/parts", "-1", "a/b/file", "/etc/one", "ro"), 0);
    CHECK_EQUAL(writes("root/etc/one"), EROFS);
    CHECK_EQUAL(writes("root/etc/two"), 0);
}

static void what_is_read_only_may_have_others_in_it(void)
{
    char *volumes[] = {below(3, "volumes/outer"),
                       "-1",
                       "",
                       "/outer",
                       "ro",
                       below(4, "volumes/inner"),
                       "-1",
                       "",
                       "/outer/inner",
                       "rw",
                       NULL};
    CHECK_EQUAL(volume_mounts(root, volumes), 0);
    CHECK_EQUAL(writes("root/outer/file"), EROFS);
    CHECK_EQUAL(writes("root/outer/inner/file"), 0);
}

/* CVE-2017-1002101: what a container has put into its volume, and what it asks to be shown of it. */
static void no_link_of_a_volume_leads_out_of_it(void)
{
    static const char *const parts[] = {"up",        "secret",    "up/made",          "file",
                                        "up/secret", "../secret", "here/../../secret"};
    CHECK_EQUAL(mkdir(below(1, "secret"), 0755), 0);
    CHECK_EQUAL(writes("secret/file"), 0);
    CHECK_EQUAL(show("volumes/evil", "-1", "", "/evil", "rw"), 0);
    CHECK(!symlink("../..", below(1, "root/evil/up")) && !mkdir(below(1, "root/evil/here"), 0755));
    CHECK(!symlink(below(0, "secret"), below(1, "root/evil/secret")));
    CHECK(!symlink(below(0, "secret/file"), below(1, "root/evil/file")));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        check(show("volumes/evil", "-1", parts[i], "/stolen", "rw") == -1, parts[i], __FILE__, __LINE__);
    CHECK(access(below(1, "made"), F_OK) && access(below(1, "root/stolen"), F_OK));
    CHECK_EQUAL(show("volumes/other", "-1", "", "/evil/secret/made", "rw"), -1);
    CHECK_EQUAL(show("volumes/other", "-1", "", "/evil/secret", "rw"), -1);
    CHECK(access(below(1, "secret/made"), F_OK) && !access(below(1, "secret/file"), F_OK));
    CHECK(!unlink(below(1, "root/evil/up")) && !symlink("here", below(1, "root/evil/up")));
    CHECK_EQUAL(show("volumes/evil", "-1", "up", "/stolen", "rw"), -1); /* simply none */
}

/* A pipe where a file is to be shown must not stop us. */
static void a_pipe_does_not_stop_it(void)
{
    CHECK_EQUAL(show("volumes/pipes", "-1", "", "/pipes", "rw"), 0);
    CHECK(!mkfifo(below(1, "root/pipes/target"), 0644) && !writes("root/pipes/file"));
    alarm(5);
    CHECK_EQUAL(show("volumes/pipes", "-1", "file", "/pipes/target", "rw"), 0);
    alarm(0);
}

int main(void)
{
    CHECK(mkdtemp(directory) && !unshare(CLONE_NEWNS) && !mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
    CHECK(!mount("chaos-volume-test", directory, "tmpfs", 0, "mode=0755"));
    CHECK(!mkdir(below(0, "root"), 0755));
    CHECK((root = open(below(0, "root"), O_PATH | O_DIRECTORY | O_CLOEXEC)) >= 0);
    umask(022);
    RUN(files_have_their_bytes_and_permissions);
    RUN(a_volume_is_made_for_everybody_and_kept);
    RUN(a_part_is_a_directory_that_is_made_or_a_file);
    RUN(what_is_read_only_may_have_others_in_it);
    RUN(no_link_of_a_volume_leads_out_of_it);
    RUN(a_pipe_does_not_stop_it);
    umount2(directory, MNT_DETACH);
    rmdir(directory);
    return check_summary();
}
