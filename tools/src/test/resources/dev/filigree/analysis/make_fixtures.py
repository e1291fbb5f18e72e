#!/usr/bin/env python3
"""Makes distances.csv, linkage.csv and embedding.csv with NumPy and SciPy, for DendrogramTest and PlanarEmbeddingTest.

distances.csv: a symmetric table of distances that fit into no Euclidean space, as NNSTDs do. linkage.csv: the merges of
scipy.cluster.hierarchy.linkage(method="average"), one per line: cluster, cluster, height, size. embedding.csv: x, y of
multidimensional scaling, one point per line, along the principal axes, the largest coordinate of each positive; then the
error. It is found by SciPy's general minimizer from many random starts, which knows nothing of majorization.
"""
import numpy as np
import scipy.cluster.hierarchy
import scipy.linalg
import scipy.optimize
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
assert scipy.linalg.eigvalsh(-0.5 * centring @ (distances ** 2) @ centring)[0] < -1e-3, \
    "expected distances that fit into no Euclidean space"
above = np.triu_indices(SIZE, 1)


def stress(flat):
    """The sum over the pairs of the squared differences, and its gradient."""
    points = flat.reshape(SIZE, 2)
    between = points[above[0]] - points[above[1]]
    apart = np.linalg.norm(between, axis=1)
    gradient = np.zeros_like(points)
    pull = (2 * (apart - distances[above]) / apart)[:, None] * between
    np.add.at(gradient, above[0], pull)
    np.add.at(gradient, above[1], -pull)
    return np.sum((apart - distances[above]) ** 2), gradient.ravel()


best = min((scipy.optimize.minimize(stress, random.standard_normal(2 * SIZE), jac=True, method="BFGS",
                                    options={"gtol": 1e-12}) for _ in range(200)), key=lambda found: found.fun)
points = best.x.reshape(SIZE, 2)
points -= points.mean(axis=0)
axes = points @ scipy.linalg.eigh(points.T @ points)[1][:, ::-1]
axes *= np.sign(axes[np.abs(axes).argmax(axis=0), range(2)])
error = np.sqrt(best.fun / np.sum(distances[above] ** 2))

np.savetxt("distances.csv", distances, delimiter=",", fmt="%.9f")
with open("linkage.csv", "w") as file:
    file.writelines(f"{int(a)},{int(b)},{height!r},{int(size)}\n" for a, b, height, size in linkage.tolist())
with open("embedding.csv", "w") as file:
    file.writelines(f"{x!r},{y!r}\n" for x, y in axes.tolist())
    file.write(f"{float(error)!r}\n")
