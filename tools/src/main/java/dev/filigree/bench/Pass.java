package dev.filigree.bench;

/** A part of training that is timed. */
public enum Pass {
    /** Bias, product and activation. */
    FORWARD(2),
    /** Input delta and weight gradient; of a sparse layer also its update, which the same sweep does. */
    BACKWARD(4),
    /** Forward, backward and the update of all parameters. */
    STEP(6);

    private final int flop;

    Pass(int flop) {
        this.flop = flop;
    }

    /** Floating-point operations per connection and sample; those of the update are not counted. */
    public int flop() {
        return flop;
    }
}
