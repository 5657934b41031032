// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** Some rows of a table, each made anew whenever it is looked at. */
final class Rows extends AbstractList<Sample> implements RandomAccess {
    private final int[] rows;
    private final IntFunction<Sample> table;

    Rows(int[] rows, IntFunction<Sample> table) {
        this.rows = rows;
        this.table = table;
    }

    @Override
    public Sample get(int index) {
        return table.apply(rows[index]);
    }

    @Override
    public int size() {
        return rows.length;
    }
}
