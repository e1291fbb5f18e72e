package dev.filigree.evolution;

/** How the fraction of connections replaced by an update changes over the window of the updates. */
public enum DropSchedule {
    /** Always the same fraction. */
    CONSTANT {
        @Override
        public double at(double initial, double position) {
            return initial;
        }
    },
    /** Half a cosine down to 0 (Evci et al., Rigging the lottery, ICML 2020, section 3). */
    COSINE {
        @Override
        public double at(double initial, double position) {
            return initial / 2 * (1 + Math.cos(position * Math.PI));
        }
    },
    /** A straight line down to 0. */
    LINEAR {
        @Override
        public double at(double initial, double position) {
            return initial * (1 - position);
        }
    };

    /**
     * The fraction at one moment.
     *
     * @param initial fraction at the beginning of the window
     * @param position how much of the window has passed, in [0, 1]
     */
    public abstract double at(double initial, double position);
}
