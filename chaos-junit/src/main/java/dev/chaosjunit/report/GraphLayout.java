// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.TraceResult.ServiceCalls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where boxes, lines and words of a graph of services are, layer by layer from left to right. Between two layers each
 * line has a lane of its own, straight where its words are and bent only before and behind: words meet neither words nor
 * lines.
 */
final class GraphLayout {
    static final int FAN = 30;
    static final int LANE = 166;
    private static final int BOX_PITCH = 62;
    private static final int WORDS_PITCH = 76;
    private static final int PASSING_PITCH = 22;

    private final int boxWidth;
    private final Map<String, Integer> layers;
    private final List<ServiceCalls> calls;
    private final List<List<Stop>> columns = new ArrayList<>();
    private final List<List<Segment>> gaps = new ArrayList<>();
    private double height;

    /** A service's box. */
    record Box(String service, double left, double middle) {}

    /** From one layer to the next: a bend, the lane, a bend. */
    record Hop(double fromX, double fromY, double laneY, double toX, double toY, boolean words) {}

    /** A line, in hops from left to right; a call back to the left has its head at the first. */
    record Way(ServiceCalls calls, boolean back, List<Hop> hops) {}

    /** A place in a layer: a service's, or of a line that passes. */
    private record Stop(String service, @Nullable ServiceCalls passing) {}

    private record Segment(ServiceCalls calls, Stop from, Stop to, boolean words) {}

    GraphLayout(List<ServiceCalls> all, int boxWidth) {
        this.boxWidth = boxWidth;
        layers = GraphLayers.of(all);
        calls = all.stream().filter(call -> !call.from().equals(call.to())).toList();
        int last = layers.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int layer = 0; layer <= last; layer++) {
            gaps.add(segments(layer));
            columns.add(stops(layer));
        }
        for (int layer = 0; layer <= last; layer++) {
            sortLanes(layer);
            height = Math.max(height, Math.max(high(columns.get(layer)), highLanes(gaps.get(layer))));
        }
    }

    double width() {
        return left(columns.size() - 1) + boxWidth;
    }

    double height() {
        return height;
    }

    List<Box> boxes() {
        List<Box> boxes = new ArrayList<>();
        for (int layer = 0; layer < columns.size(); layer++) {
            double left = left(layer);
            middles(columns.get(layer)).forEach((stop, middle) -> {
                if (stop.passing() == null) {
                    boxes.add(new Box(stop.service(), left, middle));
                }
            });
        }
        boxes.sort(Comparator.comparingDouble(Box::left).thenComparingDouble(Box::middle));
        return boxes;
    }

    List<Way> ways() {
        Map<ServiceCalls, List<Hop>> hops = new HashMap<>();
        for (int gap = 0; gap + 1 < columns.size(); gap++) {
            Map<Stop, Double> before = middles(columns.get(gap));
            Map<Stop, Double> behind = middles(columns.get(gap + 1));
            double lane = (height - highLanes(gaps.get(gap))) / 2;
            for (Segment segment : gaps.get(gap)) {
                double from = before.getOrDefault(segment.from(), 0.0);
                double to = behind.getOrDefault(segment.to(), 0.0);
                double middle = lane + pitch(segment) / 2.0;
                hops.computeIfAbsent(segment.calls(), way -> new ArrayList<>())
                        .add(new Hop(left(gap) + boxWidth, from, middle, left(gap + 1), to, segment.words()));
                lane += pitch(segment);
            }
        }
        return calls.stream()
                .map(call -> new Way(call, back(call), hops.getOrDefault(call, List.of())))
                .toList();
    }

    private double left(int layer) {
        return layer * (double) (boxWidth + 2 * FAN + LANE);
    }

    private int layer(String service) {
        return layers.getOrDefault(service, 0);
    }

    private boolean back(ServiceCalls call) {
        return layer(call.from()) > layer(call.to());
    }

    /** Pieces of lines between a layer and the next. */
    private List<Segment> segments(int layer) {
        List<Segment> segments = new ArrayList<>();
        for (ServiceCalls call : calls) {
            String left = back(call) ? call.to() : call.from();
            String right = back(call) ? call.from() : call.to();
            if (layer(left) <= layer && layer < layer(right)) {
                boolean words = back(call) ? layer == layer(left) : layer + 1 == layer(right);
                segments.add(new Segment(call, stop(left, layer, call), stop(right, layer + 1, call), words));
            }
        }
        return segments;
    }

    private Stop stop(String service, int layer, ServiceCalls call) {
        return layer(service) == layer ? new Stop(service, null) : new Stop("", call);
    }

    /** Those of a layer, each near to where its lines come from. */
    private List<Stop> stops(int layer) {
        Set<Stop> stops = new LinkedHashSet<>();
        new TreeSet<>(layers.keySet())
                .stream().filter(service -> layer(service) == layer).forEach(s -> stops.add(new Stop(s, null)));
        List<Stop> before = layer == 0 ? List.of() : columns.get(layer - 1);
        List<Segment> lines = layer == 0 ? List.of() : gaps.get(layer - 1);
        lines.forEach(line -> stops.add(line.to()));
        return stops.stream()
                .sorted(Comparator.comparingDouble(stop -> lines.stream()
                        .filter(line -> line.to().equals(stop))
                        .mapToInt(line -> before.indexOf(line.from()))
                        .average()
                        .orElse(0)))
                .toList();
    }

    private void sortLanes(int gap) {
        if (gap + 1 < columns.size()) {
            Map<Stop, Double> before = middles(columns.get(gap));
            Map<Stop, Double> behind = middles(columns.get(gap + 1));
            gaps.get(gap)
                    .sort(Comparator.comparingDouble(
                            line -> before.getOrDefault(line.from(), 0.0) + behind.getOrDefault(line.to(), 0.0)));
        }
    }

    private Map<Stop, Double> middles(List<Stop> column) {
        Map<Stop, Double> middles = new HashMap<>();
        double at = (height - high(column)) / 2;
        for (Stop stop : column) {
            middles.put(stop, at + pitch(stop) / 2.0);
            at += pitch(stop);
        }
        return middles;
    }

    private static int pitch(Stop stop) {
        return stop.passing() == null ? BOX_PITCH : PASSING_PITCH;
    }

    private static int pitch(Segment segment) {
        return segment.words() ? WORDS_PITCH : PASSING_PITCH;
    }

    private static int high(List<Stop> column) {
        return column.stream().mapToInt(GraphLayout::pitch).sum();
    }

    private static int highLanes(List<Segment> lanes) {
        return lanes.stream().mapToInt(GraphLayout::pitch).sum();
    }
}
