#!/usr/bin/env python3
"""Makes distances.csv, linkage.csv and embedding.csv with NumPy and SciPy, for DendrogramTest and PlanarEmbeddingTest.

distances.csv: a symmetric table of distances that fit into no Euclidean space, as NNSTDs do. linkage.csv: the merges of
scipy.cluster.hierarchy.linkage(method="average"), one per line: cluster, cluster, height, size. embedding.csv: x, y of
classical multidimensional scaling, one point per line, the largest coordinate of each axis positive; then the share.
"""
import numpy as np
import scipy.cluster.hierarchy
import scipy.linalg
import scipy.spatial.distance

SIZE = 12

random = np.random.default_rng(7)
distances = scipy.spatial.distance.squareform(scipy.spatial.distance.pdist(random.random((SIZE, 5)), "cityblock"))
distances += random.uniform(0, 0.3, (SIZE, SIZE))
distances = (distances + distances.T) / 4
np.fill_diagonal(distances, 0)
distances = np.round(distances, 9)

linkage = scipy.cluster.hierarchy.linkage(scipy.spatial.distance.squareform(distances), method="average")

centring = np.eye(SIZE) - 1 / SIZE
values, vectors = scipy.linalg.eigh(-0.5 * centring @ (distances ** 2) @ centring)
assert values[0] < -1e-3, "expected distances that fit into no Euclidean space"
axes = vectors[:, [-1, -2]] * np.sqrt(values[[-1, -2]])
axes *= np.sign(axes[np.abs(axes).argmax(axis=0), range(2)])
share = (values[-1] + values[-2]) / np.abs(values).sum()

np.savetxt("distances.csv", distances, delimiter=",", fmt="%.9f")
with open("linkage.csv", "w") as file:
    file.writelines(f"{int(a)},{int(b)},{height!r},{int(size)}\n" for a, b, height, size in linkage.tolist())
with open("embedding.csv", "w") as file:
    file.writelines(f"{x!r},{y!r}\n" for x, y in axes.tolist())
    file.write(f"{float(share)!r}\n")
