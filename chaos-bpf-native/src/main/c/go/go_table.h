// SPDX-License-Identifier: Apache-2.0
/*
 * The table of functions that every Go program carries for its own stack traces (.gopclntab), stripped or not. The form
 * is that of Go 1.20 and later, runtime/symtab.go.
 */
#ifndef GO_TABLE_H
#define GO_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "elf_file.h"

struct go_table {
    const uint8_t *bytes;
    uint64_t size;
    uint64_t count;                    /* of functions */
    uint64_t address;                  /* of the table itself */
    uint64_t text;                     /* address that the entries count from */
    uint64_t names, values, functions; /* offsets of the parts that are read */
};

struct go_table_entry {
    const char *name; /* ends within the table */
    uint64_t entry, end;
    uint64_t record; /* offset of its runtime._func in the table, which is there in full */
    bool assembly;
    bool adapter; /* made by the compiler to get from assembly to Go code or back, under the name of what it calls */
};

int go_table_open(struct go_table *table, const struct elf_file *elf, struct failure *f);

/* Function i; false when the table is damaged there. */
bool go_table_entry(const struct go_table *table, uint64_t i, struct go_table_entry *entry);

/* A word of runtime.moduledata, 0 where that is not found. */
uint64_t go_table_module_word(const struct go_table *table, const struct elf_file *elf, unsigned int word);

/* Whether any part of the program has this name, such as a function that was inlined everywhere. */
bool go_table_mentions(const struct go_table *table, const char *name);

/* Fields of runtime._func. */
#define GO_FUNC_SIZE 44
#define GO_FUNC_NAME 4
#define GO_FUNC_DEFERRETURN 12 /* of a call of runtime.deferreturn, from the entry; 0 in a function without defers */
#define GO_FUNC_PCSP 16
#define GO_FUNC_NPCDATA 28
#define GO_FUNC_ID 40 /* not 0 where stack traces treat it specially, which is so for adapters */
#define GO_FUNC_FLAG 41
#define GO_FUNC_NFUNCDATA 43

#endif
