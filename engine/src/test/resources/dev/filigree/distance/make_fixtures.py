#!/usr/bin/env python3
"""Makes <network>_epoch_<epoch>.txt.gz from the snapshots published with the NNSTD paper.

    make_fixtures.py SNAPSHOTS EPOCH NETWORK...

SNAPSHOTS/<network>/epoch_<epoch>/weight_l<k>.npz is a scipy.sparse CSR matrix of (inputs + 1) × outputs weights per
layer; the last row is the bias and is left out, as are stored zeros. The output is text: for every layer a line
"layer <inputs> <outputs>", then one line per output neuron with its ascending input indices.
"""
import gzip
import itertools
import pathlib
import sys

import scipy.sparse

snapshots, epoch, networks = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
for network in networks:
    lines = []
    for k in itertools.count():
        path = snapshots / network / f"epoch_{epoch:03d}" / f"weight_l{k}.npz"
        if not path.exists():
            break
        incoming = scipy.sparse.load_npz(path).tocsr()[:-1].tocsc()
        incoming.eliminate_zeros()
        incoming.sort_indices()
        lines.append(f"layer {incoming.shape[0]} {incoming.shape[1]}")
        for start, end in itertools.pairwise(incoming.indptr):
            lines.append(" ".join(map(str, incoming.indices[start:end])))
    target = pathlib.Path(f"{network}_epoch_{epoch:03d}.txt.gz")
    target.write_bytes(gzip.compress("\n".join(lines).encode() + b"\n", mtime=0))
