// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Requests in the order they were planned, as columns of primitives: 28 bytes each. Each has its row from when it is due,
 * so that the order needs no sorting, whenever the answers come. Not thread safe.
 */
final class Columns {
    private static final int ROWS = 4_096; // of a chunk: what is there is never copied to make room

    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();
    private final Map<Ending, Integer> numbers = new HashMap<>();
    private int rows;

    /** How requests end: few ways for many of them. */
    private record Ending(@Nullable String error, boolean sent) {}

    private static final class Chunk {
        private final long[] planned = new long[ROWS];
        private final long[] latency = new long[ROWS];
        private final long[] ended = new long[ROWS];
        private final int[] ending = new int[ROWS]; // from 1; 0 while it is on its way
        private int count; // of those that have ended
    }

    /**
     * Make room for a request.
     *
     * @param plannedNanos not before that of the one before
     * @return its row
     */
    int plan(long plannedNanos) {
        if (rows > 0 && plannedNanos < planned(rows - 1)) {
            throw new IllegalArgumentException("planned before the one before it");
        }
        if (rows % ROWS == 0) {
            chunks.add(new Chunk());
        }
        chunks.get(rows / ROWS).planned[rows % ROWS] = plannedNanos;
        return rows++;
    }

    /** Note what came of the request of a row, once. */
    void land(int row, Sample sample) {
        Chunk chunk = chunks.get(row / ROWS);
        chunk.latency[row % ROWS] = sample.latencyNanos();
        chunk.ended[row % ROWS] = sample.endedNanos();
        chunk.ending[row % ROWS] = numbers.computeIfAbsent(new Ending(sample.error(), sample.sent()), ending -> {
            endings.add(ending);
            return endings.size();
        });
        chunk.count++;
    }

    /** Those that have ended by now; it stays as it is. */
    List<Sample> all() {
        return list(0, rows);
    }

    /** The same, of those planned in a stretch of time, its end excluded. */
    List<Sample> between(long fromNanos, long toNanos) {
        return list(first(fromNanos), first(toNanos));
    }

    /** All that were planned in a stretch of time, seen as of its end: with those that have not ended; collected. */
    List<Sample> due(long fromNanos, long toNanos) {
        return IntStream.range(first(fromNanos), first(toNanos))
                .mapToObj(row -> hasEnded(row)
                        ? sample(chunks.get(row / ROWS), row % ROWS, endings)
                        : Sample.out(planned(row), toNanos))
                .toList();
    }

    /** The same, each with the trace that it began; collected, as only a few are looked at. */
    List<TracedRequest> traced(TraceIds traces, long fromNanos, long toNanos) {
        return IntStream.range(first(fromNanos), first(toNanos))
                .filter(this::hasEnded)
                .mapToObj(row -> new TracedRequest(traces.id(row), sample(chunks.get(row / ROWS), row % ROWS, endings)))
                .toList();
    }

    private List<Sample> list(int from, int to) {
        int[] there = IntStream.range(from, to).filter(this::hasEnded).toArray();
        List<Chunk> read = List.copyOf(chunks);
        List<Ending> known = List.copyOf(endings);
        return new Rows(there, row -> sample(read.get(row / ROWS), row % ROWS, known));
    }

    private static Sample sample(Chunk chunk, int row, List<Ending> endings) {
        Ending ending = endings.get(chunk.ending[row] - 1);
        return new Sample(chunk.planned[row], chunk.latency[row], ending.error(), ending.sent(), chunk.ended[row]);
    }

    /** How many of those planned in a stretch of time have ended; whole chunks know. */
    long ended(long fromNanos, long toNanos) {
        int end = first(toNanos);
        long ended = 0;
        for (int row = first(fromNanos); row < end; ) {
            if (row % ROWS == 0 && end - row >= ROWS) {
                ended += chunks.get(row / ROWS).count;
                row += ROWS;
            } else {
                ended += hasEnded(row) ? 1 : 0;
                row++;
            }
        }
        return ended;
    }

    private boolean hasEnded(int row) {
        return chunks.get(row / ROWS).ending[row % ROWS] != 0;
    }

    private long planned(int row) {
        return chunks.get(row / ROWS).planned[row % ROWS];
    }

    /** The first row planned at a moment or later; that after the last where none is. */
    private int first(long plannedNanos) {
        int low = 0;
        int high = rows;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (planned(middle) < plannedNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
