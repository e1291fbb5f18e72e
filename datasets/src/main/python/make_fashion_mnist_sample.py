#!/usr/bin/env python3
"""Makes the bundled sample of Fashion-MNIST: 1,000 training and 200 test images of each class.

Usage: make_fashion_mnist_sample.py [SOURCE [TARGET]]

SOURCE holds the four original gzipped IDX files; the default is where Debian's package
dataset-fashion-mnist installs them. TARGET defaults to the folder of the bundled sample.

Needs NumPy. The same images are chosen on every machine: RandomState's sequence is frozen by NumPy.
They keep the order they have in the original files. The gzip files have no name and no time in them,
so the same zlib writes the same bytes; the printed checksums are of the uncompressed data.
"""

import gzip
import hashlib
import pathlib
import sys

import numpy as np

SEED = 20170825  # arXiv:1708.07747, submitted on 25 August 2017
CLASSES = 10
PARTS = {"train": 1000, "t10k": 200}  # images of each class

SOURCE = pathlib.Path("/usr/share/datasets/fashion-mnist")
TARGET = (pathlib.Path(__file__).resolve().parents[1]
          / "resources/dev/filigree/datasets/fashion-mnist-sample")


def read(path, magic):
    """The array in a gzipped IDX file of unsigned bytes."""
    data = gzip.decompress(path.read_bytes())
    if int.from_bytes(data[:4], "big") != magic:
        sys.exit(f"{path}: not an IDX file with magic number 0x{magic:08x}")
    dimensions = magic & 0xFF
    shape = np.frombuffer(data, ">i4", dimensions, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def write(path, array, magic):
    """Writes a gzipped IDX file and prints the checksum of its content."""
    content = (magic.to_bytes(4, "big") + np.array(array.shape, ">i4").tobytes()
               + np.ascontiguousarray(array).tobytes())
    with open(path, "wb") as raw:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as out:
            out.write(content)
    print(hashlib.sha256(content).hexdigest(), path.name)


def main():
    source = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    target = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else TARGET
    target.mkdir(parents=True, exist_ok=True)
    random = np.random.RandomState(SEED)
    for part, per_class in PARTS.items():
        images = read(source / f"{part}-images-idx3-ubyte.gz", 0x803)
        labels = read(source / f"{part}-labels-idx1-ubyte.gz", 0x801)
        chosen = np.sort(np.concatenate([
            random.permutation(np.flatnonzero(labels == c))[:per_class] for c in range(CLASSES)]))
        write(target / f"{part}-images-idx3-ubyte.gz", images[chosen], 0x803)
        write(target / f"{part}-labels-idx1-ubyte.gz", labels[chosen], 0x801)


if __name__ == "__main__":
    main()
