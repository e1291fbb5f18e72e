package dev.filigree.benchmark.layer;

/** Another implementation of a layer's forward product, without bias and activation. */
public interface ForwardPeer {
    /** {@code W·x}. */
    void forward();

    /** What {@link #forward} gave. */
    float output(int neuron, int sample);
}
