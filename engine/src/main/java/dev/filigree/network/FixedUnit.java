package dev.filigree.network;

import dev.filigree.kernel.BatchKernels;
import dev.filigree.kernel.FloatMath;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import org.jspecify.annotations.Nullable;

/** A function that learns nothing; a pass of its own if it is smooth. */
final class FixedUnit extends ActivationUnit {
    private final Activation activation;
    private final SparseKernels kernels;

    FixedUnit(Activation activation, SparseKernels kernels) {
        this.activation = activation;
        this.kernels = kernels;
    }

    @Override
    boolean hasPass() {
        return activation.isSmooth();
    }

    @Override
    void apply(TiledMatrix z, TiledMatrix y, int tile, int fromRow, int toRow) {
        if (activation.kind() == Activation.Kind.TANH) {
            kernels.batches().tanh(y, tile, fromRow, toRow);
        } else {
            kernels.batches().sigmoid(y, tile, fromRow, toRow);
        }
    }

    @Override
    void differentiate(TiledMatrix delta, @Nullable TiledMatrix z, TiledMatrix y, int fromRow, int toRow,
            float outputScale) {
        BatchKernels batches = kernels.batches();
        for (int tile = 0; tile < delta.tiles(); tile++) {
            if (activation.kind() == Activation.Kind.TANH) {
                batches.tanhDerivative(delta, y, tile, fromRow, toRow, 1 / outputScale);
            } else {
                batches.sigmoidDerivative(delta, y, tile, fromRow, toRow, 1 / outputScale);
            }
        }
    }

    @Override
    void apply(FloatArray z) {
        for (long i = 0; i < z.length(); i++) {
            z.set(i, at(z.get(i)));
        }
    }

    private float at(float z) {
        return switch (activation.kind()) {
            case PIECEWISE_LINEAR -> z > 0 ? z : activation.slope() * z;
            case TANH -> FloatMath.tanh(z);
            case SIGMOID -> FloatMath.sigmoid(z);
            case SRELU -> throw new IllegalStateException(activation + " is learned");
        };
    }

    @Override
    ActivationUnit copy(ArrayGroup arrays) {
        return this;
    }
}
