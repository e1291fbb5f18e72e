package dev.filigree.network;

/** Moves nothing: the gradients are kept, for a step that needs all of them first. */
record GradientKeeping() implements UpdateStep {
    static final GradientKeeping STEP = new GradientKeeping();
}
