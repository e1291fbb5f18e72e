package dev.filigree.kernel;

/**
 * S-shaped rectified linear units (Jin et al., Deep Learning with S-shaped Rectified Linear Activation Units, AAAI
 * 2016, arXiv 1512.07030): the identity between two thresholds and a line of its own slope beyond each. All four
 * numbers are learned, for every neuron.
 *
 * <p>The right threshold is kept as its distance from the left one, of either sign, so that the two never change
 * places; so does the implementation in keras-contrib, with which sparse evolutionary training was published (Mocanu et
 * al., Nature Communications 9, 2383, 2018).
 */
public final class SRelu {
    /** Parameters of one neuron, in this order: left threshold, left slope, distance, right slope. */
    public static final int PARAMETERS = 4;

    private SRelu() {}

    /**
     * The activation of one pre-activation: the steps, and so the bits, of all kernels.
     *
     * @param distance of the right threshold, which is {@code leftThreshold + |distance|}
     */
    public static float at(float z, float leftThreshold, float leftSlope, float distance, float rightSlope) {
        float rightThreshold = leftThreshold + Math.abs(distance);
        if (z <= leftThreshold) {
            return Math.fma(leftSlope, z - leftThreshold, leftThreshold);
        }
        return z > rightThreshold ? Math.fma(rightSlope, z - rightThreshold, rightThreshold) : z;
    }
}
