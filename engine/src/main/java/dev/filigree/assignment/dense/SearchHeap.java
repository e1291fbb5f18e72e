package dev.filigree.assignment.dense;

import java.util.Arrays;

/** A queue of numbered entries by key, the least first; of equal keys the entry of the lowest number. */
final class SearchHeap {
    private double[] keys = new double[256];
    private int[] entries = new int[256];
    private int size;

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    double leastKey() {
        return keys[0];
    }

    void add(double key, int entry) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            entries = Arrays.copyOf(entries, 2 * size);
        }
        int place = size++;
        while (place > 0) {
            int parent = (place - 1) >> 2;
            if (!isBefore(key, entry, parent)) {
                break;
            }
            keys[place] = keys[parent];
            entries[place] = entries[parent];
            place = parent;
        }
        keys[place] = key;
        entries[place] = entry;
    }

    int removeLeast() {
        int least = entries[0];
        size--;
        double key = keys[size];
        int entry = entries[size];
        int place = 0;
        int child = 1;
        while (child < size) {
            int best = child;
            int end = Math.min(child + 4, size);
            for (int other = child + 1; other < end; other++) {
                if (isBefore(keys[other], entries[other], best)) {
                    best = other;
                }
            }
            if (isBefore(key, entry, best)) {
                break;
            }
            keys[place] = keys[best];
            entries[place] = entries[best];
            place = best;
            child = 4 * place + 1;
        }
        keys[place] = key;
        entries[place] = entry;
        return least;
    }

    private boolean isBefore(double key, int entry, int place) {
        return key < keys[place] || (key == keys[place] && entry < entries[place]);
    }
}
