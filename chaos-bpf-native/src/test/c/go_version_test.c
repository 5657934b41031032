// SPDX-License-Identifier: Apache-2.0
/* Which release a program names, where that release keeps what is read, and releases that nobody knows. */
#include "go_version.h"

#include "check.h"
#include "made_elf.h"

static struct failure f;
static char version[GO_VERSION_SIZE];

/* Reads a .go.buildinfo of these bytes. */
static int read(const void *bytes, size_t size)
{
    const struct made_section section = {".go.buildinfo", bytes, size};
    struct elf_file elf = made_elf(&section, 1);
    int rc = go_version_read(&elf, version, &f);
    made_elf_end(&elf);
    return rc;
}

/* Flags at 15, at 32 the length of the version and the version. */
static uint8_t info[128];
static void make(const char *text)
{
    memset(info, 0, sizeof info);
    memcpy(info, "\xff Go buildinf:\x08\x02", 16);
    info[32] = (uint8_t)strlen(text);
    memcpy(info + 33, text, strlen(text));
}

static void reads_the_release(void)
{
    make("go1.26.8");
    CHECK(!read(info, sizeof info));
    CHECK_TEXT(version, "go1.26.8");
    CHECK(!read(info, 33 + 8)); /* ends with the section */
    CHECK_TEXT(version, "go1.26.8");
}

static void refuses_what_is_damaged(void)
{
    make("go1.26.8");
    for (size_t size = 0; size < 33 + 8; size++)
        CHECK(read(info, size));
    CHECK_CONTAINS(f.msg, "damaged");
    info[32] = GO_VERSION_SIZE;
    CHECK(read(info, sizeof info));
    CHECK_CONTAINS(f.msg, "damaged");
    info[32] = 0xff; /* a length in two bytes */
    CHECK(read(info, sizeof info));
    make("go1.26.8");
    info[1] = '!';
    CHECK(read(info, sizeof info));
    CHECK_CONTAINS(f.msg, "no .go.buildinfo");
    make("go1.26.8");
    info[15] = 0; /* as before go1.18: pointers to the strings */
    CHECK(read(info, sizeof info));
    CHECK_TEXT(f.code, UNSUPPORTED);
}

static void refuses_a_program_without(void)
{
    const struct made_section section = {".go.buildinf", info, sizeof info};
    struct elf_file elf = made_elf(&section, 1);
    CHECK(go_version_read(&elf, version, &f));
    CHECK_CONTAINS(f.msg, "no .go.buildinfo");
    made_elf_end(&elf);
}

static void knows_the_layouts_of_six_releases(void)
{
    struct go_layout layout;
    const char *const known[] = {"go1.22", "go1.23.4", "go1.24.13", "go1.25.9", "go1.26.8", "go1.27.1", "go1.27rc1"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        CHECK(!go_layout_of(known[i], &layout, &f));
    CHECK(!go_layout_of("go1.26.8", &layout, &f));
    CHECK_EQUAL(layout.g_labels, 352);
    CHECK_EQUAL(layout.m_curg, 184);
    CHECK(layout.labels_are_slices);
    CHECK(!go_layout_of("go1.23.4", &layout, &f) && !layout.labels_are_slices);
}

static void refuses_other_releases(void)
{
    struct go_layout layout;
    const char *const unknown[] = {"go1.21.13", "go1.28", "go2.0", "go1.", "go1.99999999999", "devel go1.28-abc", ""};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        CHECK(go_layout_of(unknown[i], &layout, &f));
        CHECK_CONTAINS(f.msg, "known are go1.22 to go1.27");
    }
}

int main(void)
{
    RUN(reads_the_release);
    RUN(refuses_what_is_damaged);
    RUN(refuses_a_program_without);
    RUN(knows_the_layouts_of_six_releases);
    RUN(refuses_other_releases);
    return check_summary();
}
