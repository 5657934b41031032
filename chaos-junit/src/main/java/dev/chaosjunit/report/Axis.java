// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to pixels, linearly or, for what spans decades, by logarithm.
 *
 * @param min value at {@code from}
 * @param max value at {@code to}
 * @param from pixel
 * @param to pixel; for a vertical axis it is the smaller one
 */
record Axis(double min, double max, double from, double to, boolean logarithmic) {
    private static final double[] NICE = {1, 2, 5, 10};

    static Axis exact(double min, double max, double from, double to) {
        return new Axis(min, max > min ? max : min + 1, from, to, false);
    }

    /** From zero to a round number at or above {@code max}. */
    static Axis fromZero(double max, double from, double to) {
        double top = Math.max(1, max);
        double step = niceAbove(top / 4);
        return new Axis(0, Math.ceil(top / step) * step, from, to, false);
    }

    /** From a round number at or below {@code min} to one at or above {@code max}, at least a decade. */
    static Axis logarithmic(double min, double max, double from, double to) {
        double bottom = niceBelow(min);
        return new Axis(bottom, Math.max(niceAbove(max), bottom * 10), from, to, true);
    }

    double at(double value) {
        double share =
                logarithmic ? Math.log(Math.max(value, min) / min) / Math.log(max / min) : (value - min) / (max - min);
        return from + Math.min(1, Math.max(0, share)) * (to - from);
    }

    List<Double> ticks() {
        return logarithmic ? logarithmicTicks() : linearTicks();
    }

    private List<Double> linearTicks() {
        double step = niceAbove((max - min) / (Math.abs(to - from) > 400 ? 10 : 4));
        List<Double> ticks = new ArrayList<>();
        for (double i = Math.ceil(min / step); i * step <= max + step * 1e-6; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> logarithmicTicks() {
        boolean wide = max / min > 1000;
        List<Double> ticks = new ArrayList<>();
        for (double decade = decade(min); decade <= max * 1.000001; decade *= 10) {
            for (double nice : wide ? new double[] {1} : new double[] {1, 2, 5}) {
                double tick = decade * nice;
                if (tick >= min * 0.999999 && tick <= max * 1.000001) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private static double niceAbove(double value) {
        double decade = decade(value);
        for (double nice : NICE) {
            if (nice * decade >= value * 0.999999) {
                return nice * decade;
            }
        }
        return 10 * decade;
    }

    private static double niceBelow(double value) {
        double decade = decade(value);
        for (int i = NICE.length - 1; i > 0; i--) {
            if (NICE[i] * decade <= value * 1.000001) {
                return NICE[i] * decade;
            }
        }
        return decade;
    }

    private static double decade(double value) {
        return Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    }
}
