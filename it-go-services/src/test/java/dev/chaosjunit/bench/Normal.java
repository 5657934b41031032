// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

/** The normal distribution, from a table of its density's integral: exact to 1e-7, and the same both ways. */
final class Normal {
    private static final double EDGE = 8;
    private static final int STEPS = 160_000;
    private static final double WIDTH = 2 * EDGE / STEPS;
    private static final double[] SHARES = new double[STEPS + 1];

    static {
        for (int i = 1; i <= STEPS; i++) {
            double middle = -EDGE + (i - 0.5) * WIDTH;
            SHARES[i] = SHARES[i - 1] + WIDTH * Math.exp(-middle * middle / 2) / Math.sqrt(2 * Math.PI);
        }
    }

    private Normal() {}

    /** How much is below a value. */
    static double share(double value) {
        double at = Math.max(0, Math.min(STEPS - 1e-6, (value + EDGE) / WIDTH));
        int below = (int) at;
        return SHARES[below] + (at - below) * (SHARES[below + 1] - SHARES[below]);
    }

    /** Below which value a share is. */
    static double quantile(double share) {
        int low = 0;
        int high = STEPS;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (SHARES[middle] <= share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double step = SHARES[high] - SHARES[low];
        return -EDGE + WIDTH * (low + (step == 0 ? 0 : (share - SHARES[low]) / step));
    }
}
