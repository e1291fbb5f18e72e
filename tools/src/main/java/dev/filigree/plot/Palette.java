package dev.filigree.plot;

/**
 * Colours as {@code 0xRRGGBB}, for values and for things.
 *
 * <p>Values take the palette viridis: equal steps of the value look like equal steps of lightness, in grey and to
 * colour-blind eyes too. Source: Stéfan van der Walt and Nathaniel Smith, 2015, https://bids.github.io/colormap (public
 * domain).
 */
public final class Palette {
    /** Ten equally spaced colours of the original's 256; what lies between is interpolated. */
    private static final int[] STOPS = {0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58,
            0xb5de2b, 0xfde725};

    /**
     * Colours that stay apart for colour-blind eyes, from Okabe and Ito, Color Universal Design, 2008
     * (https://jfly.uni-koeln.de/color/); the lighter ones are left out, for they vanish on white.
     */
    private static final int[] DISTINCT = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x000000};

    /** The end of viridis that vanishes on white is left out. */
    private static final double READABLE_ON_WHITE = 0.85;

    private Palette() {}

    /** The colour of one of {@code count} things on white: as distinct as can be, from dark to light where many. */
    public static int distinct(int index, int count) {
        return count <= DISTINCT.length
                ? DISTINCT[index % DISTINCT.length]
                : color(READABLE_ON_WHITE * index / (count - 1));
    }

    /** The colour of a value in [0, 1]; values outside get the colour of the nearer end. */
    public static int color(double value) {
        double position = Math.clamp(value, 0, 1) * (STOPS.length - 1);
        int below = Math.min((int) position, STOPS.length - 2);
        double share = position - below;
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = STOPS[below] >> shift & 0xff;
            int high = STOPS[below + 1] >> shift & 0xff;
            color |= (int) Math.round(low + share * (high - low)) << shift;
        }
        return color;
    }

    /** Black or white, whichever is easier to read on {@code background}. */
    public static int inkOn(int background) {
        // Relative luminance without gamma, weights of ITU-R BT.709: good enough to choose between two.
        double luminance = 0.2126 * (background >> 16 & 0xff) + 0.7152 * (background >> 8 & 0xff)
                + 0.0722 * (background & 0xff);
        return luminance < 128 ? 0xffffff : 0x000000;
    }
}
