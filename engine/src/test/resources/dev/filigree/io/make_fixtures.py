#!/usr/bin/env python3
"""Makes the NumPy and SciPy files beside this script, which the tests of dev.filigree.io read.

Run it here after changing it; NumPy and SciPy are needed for that, not for the tests.
"""

from pathlib import Path

import numpy as np
import scipy.sparse as sp

HERE = Path(__file__).resolve().parent

# 5 input neurons × 6 output neurons, with an empty row, an empty column and a stored zero.
ROWS = np.array([0, 0, 2, 2, 2, 3, 3, 4, 4])
COLUMNS = np.array([0, 2, 0, 1, 3, 2, 5, 0, 3])
VALUES = np.array([1.5, -2, 0, 0.25, 8, 3, 7, -1, 0.5])
SHAPE = (5, 6)


def example(form, dtype, index_dtype):
    """The example matrix; changing the index arrays afterwards is the only way to get int64 from SciPy."""
    values = (VALUES * 4).astype(dtype) if np.issubdtype(dtype, np.integer) else VALUES.astype(dtype)
    matrix = sp.coo_matrix((values, (ROWS, COLUMNS)), shape=SHAPE).asformat(form)
    if form == "coo":
        matrix.coords = tuple(c.astype(index_dtype) for c in matrix.coords)
    else:
        matrix.indices = matrix.indices.astype(index_dtype)
        matrix.indptr = matrix.indptr.astype(index_dtype)
    return matrix


def sparse_files():
    folder = HERE / "sparse"
    folder.mkdir(exist_ok=True)
    for form in ("csr", "csc", "coo"):
        for index_dtype in (np.int32, np.int64):
            for compressed in (False, True):
                name = f"{form}_float32_{np.dtype(index_dtype)}_{'deflated' if compressed else 'stored'}.npz"
                sp.save_npz(folder / name, example(form, np.float32, index_dtype), compressed=compressed)
    for dtype in (np.float64, np.bool_, np.int8, np.int64):
        sp.save_npz(folder / f"csr_{np.dtype(dtype)}_int32_deflated.npz", example("csr", dtype, np.int32))

    sp.save_npz(folder / "csr_array.npz", sp.csr_array(example("csr", np.float32, np.int32)))
    coo = example("coo", np.float32, np.int32)
    np.savez_compressed(folder / "coo_coords.npz", coords=np.stack(coo.coords), format=b"coo", shape=SHAPE,
                        data=coo.data, _is_array=True)
    csr = example("csr", np.float32, np.int32)
    np.savez_compressed(folder / "csr_unicode_format.npz", indices=csr.indices, indptr=csr.indptr, format="csr",
                        shape=SHAPE, data=csr.data)

    # The example with each column's rows backwards and the entry (4, 3) in two parts, 0.125 and 0.375.
    csc = sp.csc_matrix((np.float32([-1, 0, 1.5, 0.25, 3, -2, 0.125, 8, 0.375, 7]),
                         np.int32([4, 2, 0, 2, 3, 0, 4, 2, 4, 3]), np.int32([0, 3, 4, 6, 9, 9, 10])), shape=SHAPE)
    sp.save_npz(folder / "csc_unsorted_duplicates.npz", csc)
    order = np.arange(len(VALUES))[::-1]
    coo = sp.coo_matrix((np.append(VALUES[order], [-0.5, 0.5]).astype(np.float32),
                         (np.append(ROWS[order], [4, 4]), np.append(COLUMNS[order], [3, 3]))), shape=SHAPE)
    sp.save_npz(folder / "coo_unsorted_duplicates.npz", coo)

    sp.save_npz(folder / "bsr.npz", sp.bsr_matrix(np.eye(4, dtype=np.float32)))
    sp.save_npz(folder / "dia.npz", sp.dia_matrix(np.eye(4, dtype=np.float32)))


def array_files():
    folder = HERE / "arrays"
    folder.mkdir(exist_ok=True)
    table = np.array([[1, 2, 3], [4, 5, 6]])
    for descr in ("<f4", "<f8", ">f4", ">f8", "<i2", ">i4", "|u1", "<u8"):
        np.save(folder / f"table_{descr.strip('<>|')}_{'big' if descr[0] == '>' else 'little'}.npy",
                table.astype(descr))
    np.save(folder / "bool.npy", np.array([True, False, True]))
    np.save(folder / "table_fortran.npy", np.asfortranarray(table.astype(np.float32)))
    np.save(folder / "fortran_3d.npy", np.asfortranarray(np.zeros((2, 2, 2), np.float32)))
    np.save(folder / "scalar.npy", np.float32(2.5))
    np.save(folder / "empty.npy", np.zeros(0, np.float32))
    np.save(folder / "uint64_beyond_long.npy", np.array([2**63 + 2**40], np.uint64))
    np.save(folder / "int64_beyond_int.npy", np.array([1, 2**40]))
    np.save(folder / "vector_int32.npy", np.array([3, -1, 2], np.int32))
    for major in (2, 3):
        with open(folder / f"version_{major}.npy", "wb") as file:
            np.lib.format.write_array(file, table.astype(np.float32), version=(major, 0))
    np.save(folder / "objects.npy", np.array([{"a": 1}, None], object), allow_pickle=True)
    np.save(folder / "structured.npy", np.zeros(2, [("x", "<f4"), ("y", "<i4")]))
    np.save(folder / "float16.npy", np.zeros(2, np.float16))
    np.save(folder / "complex.npy", np.zeros(2, np.complex64))


def biased_chain():
    """A network of 6-5-4-3 neurons in the manner of the NNSTD paper: the last row of each matrix is the bias."""
    folder = HERE / "biased_chain"
    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(20)
    sizes = (6, 5, 4, 3)
    for layer, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        weights = np.where(rng.random((inputs + 1, outputs)) < 0.4, rng.integers(1, 64, (inputs + 1, outputs)) / 8, 0)
        weights[inputs] = np.arange(outputs) / 2  # bias 0 of the first output has no entry
        sp.save_npz(folder / f"weight_l{layer}.npz", sp.csr_matrix(weights.astype(np.float32)))
        print(layer, weights.tolist())


if __name__ == "__main__":
    sparse_files()
    array_files()
    biased_chain()
