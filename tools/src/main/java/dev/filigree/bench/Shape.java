package dev.filigree.bench;

/**
 * The shape of a layer.
 *
 * @param inputs number of input neurons
 * @param outputs number of output neurons
 */
public record Shape(int inputs, int outputs) {
    /** Smaller layers are over before a clock can tell. */
    private static final int LEAST = 32;

    /** Checks the range. */
    public Shape {
        if (inputs < LEAST || outputs < LEAST) {
            throw new IllegalArgumentException(
                    "%dx%d is too small to time; expected %d or more neurons on either side".formatted(inputs,
                            outputs, LEAST));
        }
        if ((long) inputs * outputs > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%dx%d has %,d possible connections; expected at most %,d".formatted(inputs, outputs,
                            (long) inputs * outputs, Integer.MAX_VALUE));
        }
    }

    /** Reads {@code "<inputs>x<outputs>"}. */
    public static Shape parse(String text) {
        String[] sides = text.strip().split("[x×]", -1);
        try {
            if (sides.length == 2) {
                return new Shape(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
            }
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
        throw unreadable(text);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("'%s' is no shape; expected inputs x outputs, such as 1000x1000"
                .formatted(text));
    }

    /** Connections of the dense layer. */
    public long cells() {
        return (long) inputs * outputs;
    }

    @Override
    public String toString() {
        return inputs + "×" + outputs;
    }
}
