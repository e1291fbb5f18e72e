package dev.filigree.benchmark.layer;

/**
 * The size of a layer.
 *
 * @param inputs number of input neurons
 * @param outputs number of output neurons
 */
public record Shape(int inputs, int outputs) {
    /** Reads {@code "784x1000"}. */
    public static Shape parse(String text) {
        if (!text.matches("[1-9]\\d{0,8}x[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(
                    "shape is '%s', expected input and output neurons such as 784x1000".formatted(text));
        }
        int by = text.indexOf('x');
        return new Shape(Integer.parseInt(text.substring(0, by)), Integer.parseInt(text.substring(by + 1)));
    }
}
