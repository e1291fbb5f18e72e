package dev.filigree.network;

/**
 * The numbers of one step of stochastic gradient descent.
 *
 * @param rate learning rate
 * @param momentum in [0, 1)
 * @param nesterov whether to look ahead (Sutskever et al., ICML 2013)
 * @param l2 weight decay that is part of the gradient
 * @param decay decoupled weight decay: the fraction of every parameter lost per step, whatever the rate
 */
public record UpdateStep(float rate, float momentum, boolean nesterov, float l2, float decay) {}
