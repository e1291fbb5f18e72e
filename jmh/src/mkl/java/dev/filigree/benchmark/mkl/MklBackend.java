package dev.filigree.benchmark.mkl;

import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;
import static org.bytedeco.mkl.global.mkl_rt.CblasTrans;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Get_Version_String;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Num_Threads;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm;

import dev.filigree.dense.DenseBackend;
import java.nio.charset.StandardCharsets;

/** Dense products by MKL, on one thread per call. */
final class MklBackend implements DenseBackend {
    private static final int VERSION_LENGTH = 198;

    MklBackend() {
        MKL_Set_Num_Threads(1);
    }

    @Override
    public String name() {
        return "MKL";
    }

    @Override
    public String description() {
        byte[] version = new byte[VERSION_LENGTH];
        MKL_Get_Version_String(version, version.length);
        return new String(version, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, long a, int lda, long b, int ldb,
            float beta, long c, int ldc) {
        cblas_sgemm(CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans, m, n,
                k, 1f, new Floats(a), lda, new Floats(b), ldb, beta, new Floats(c), ldc);
    }
}
