package dev.filigree.benchmark.layer;

/** Another implementation of all that training asks of a layer. */
public interface TrainingPeer extends ForwardPeer {
    /** Learning rate of {@link #update}. */
    float UPDATE_RATE = 0.01f;

    /** Share of the velocity that an update keeps. */
    float UPDATE_MOMENTUM = 0.9f;

    /** Weight decay as part of the gradient: it also keeps the weights bounded, however often they are updated. */
    float UPDATE_L2 = 0.01f;

    /** {@code Wᵀ·delta}, without the activation's derivative, and the {@link #gradient() weight gradient}. */
    void backward();

    /** What {@link #backward} gave. */
    float inputDelta(int neuron, int sample);

    /** {@code delta · xᵀ}, summed over the batch, where connections exist or everywhere. */
    void gradient();

    /**
     * What {@link #gradient()} gave for an existing connection.
     *
     * @param connection in incoming order
     */
    float gradient(int output, int input, int connection);

    /** One step of stochastic gradient descent with momentum along the last gradient. */
    void update();

    /** Weight of an existing connection, as {@link #gradient(int, int, int)}. */
    float weight(int output, int input, int connection);
}
