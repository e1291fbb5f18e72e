package dev.filigree.assignment.sparse;

import java.util.Arrays;

/**
 * A priority queue of items by path length; of equal lengths the lowest item comes first, so the order does not depend on
 * that of the additions. An item may be in it several times.
 */
final class PathHeap {
    private static final int FIRST_CAPACITY = 64;

    /** The length above, the item below: sorted as one number. */
    private long[] keys = new long[FIRST_CAPACITY];
    private int size;

    static int length(long key) {
        return (int) (key >>> 32);
    }

    static int item(long key) {
        return (int) key;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    void add(int length, int item) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        long key = (long) length << 32 | item;
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 2;
            if (keys[parent] <= key) {
                break;
            }
            keys[at] = keys[parent];
            at = parent;
        }
        keys[at] = key;
    }

    long removeLeast() {
        long least = keys[0];
        long last = keys[--size];
        int at = 0;
        while (true) {
            int child = 4 * at + 1;
            if (child >= size) {
                break;
            }
            int smallest = child;
            int end = Math.min(child + 4, size);
            for (int k = child + 1; k < end; k++) {
                if (keys[k] < keys[smallest]) {
                    smallest = k;
                }
            }
            if (keys[smallest] >= last) {
                break;
            }
            keys[at] = keys[smallest];
            at = smallest;
        }
        keys[at] = last;
        return least;
    }
}
