package dev.filigree.assignment;

import java.util.Arrays;

/** A one-to-one map of {@code 0 … size - 1} onto itself. Immutable. */
public final class Permutation {
    private final int[] images;

    private Permutation(int[] images) {
        this.images = images;
    }

    /**
     * Copies {@code images}, where element {@code i} is what {@code i} is mapped to.
     *
     * @throws IllegalArgumentException if a value is outside {@code [0, images.length)} or appears twice
     */
    public static Permutation of(int... images) {
        boolean[] seen = new boolean[images.length];
        for (int i = 0; i < images.length; i++) {
            int image = images[i];
            if (image < 0 || image >= images.length || seen[image]) {
                throw new IllegalArgumentException(
                        "not a permutation: element %d is %d, expected each of 0 … %d once".formatted(i, image,
                                images.length - 1));
            }
            seen[image] = true;
        }
        return new Permutation(images.clone());
    }

    /** The permutation that maps each of {@code 0 … size - 1} to itself. */
    public static Permutation identity(int size) {
        int[] images = new int[size];
        Arrays.setAll(images, i -> i);
        return new Permutation(images);
    }

    /** Number of elements. */
    public int size() {
        return images.length;
    }

    /** What {@code index} is mapped to. */
    public int at(int index) {
        return images[index];
    }

    /** The permutation that undoes this one. */
    public Permutation inverse() {
        int[] inverse = new int[images.length];
        for (int i = 0; i < images.length; i++) {
            inverse[images[i]] = i;
        }
        return new Permutation(inverse);
    }

    /** A copy of all images, in order. */
    public int[] toArray() {
        return images.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permutation that && Arrays.equals(images, that.images);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(images);
    }

    @Override
    public String toString() {
        return Arrays.toString(images);
    }
}
