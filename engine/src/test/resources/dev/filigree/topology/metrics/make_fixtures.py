#!/usr/bin/env python3
"""Makes layer.csv, degrees.csv and expected.csv with NumPy, SciPy and NetworkX, for the tests of topology metrics.

layer.csv: the connections of a layer of 60 inputs and 40 outputs in three parts and some unconnected neurons, one
"output,input" per line. degrees.csv: numbers of connections with a power law as their tail, one per line. expected.csv:
what the libraries measure of them, one "name,value" per line.
"""
import networkx
import numpy as np
import scipy.optimize
import scipy.special

random = np.random.default_rng(11)
layer = np.zeros((40, 60), int)
layer[:25, :35] = random.random((25, 35)) < 0.15
layer[25:36, 35:50] = random.random((11, 15)) < 0.4
layer[36, 50] = 1

values = np.linalg.svd(layer, compute_uv=False)
graph = networkx.from_numpy_array(np.block([[np.zeros((60, 60)), layer.T], [layer, np.zeros((40, 40))]]))
components = [c for c in networkx.connected_components(graph) if len(c) > 1]

law = np.arange(6, 100_000) ** -2.6
tail = random.choice(np.arange(6, 100_000), 700, p=law / law.sum())
degrees = np.sort(np.concatenate([random.integers(0, 6, 800), tail]))


def fit(degrees, smallest):
    """Exponent and Kolmogorov–Smirnov distance of the most likely discrete power law from a number on."""
    tail = degrees[degrees >= smallest]
    logs = np.log(tail).sum()
    exponent = scipy.optimize.minimize_scalar(
        lambda alpha: len(tail) * np.log(scipy.special.zeta(alpha, smallest)) + alpha * logs, bounds=(1.01, 30),
        method="bounded", options={"xatol": 1e-10}).x
    numbers = np.arange(smallest, tail.max() + 2)
    observed = (tail[None, :] >= numbers[:, None]).mean(axis=1)
    fitted = scipy.special.zeta(exponent, numbers) / scipy.special.zeta(exponent, smallest)
    return exponent, np.abs(observed - fitted).max()


numbers = np.unique(degrees[degrees > 0])[:-1]
fits = [fit(degrees, number) for number in numbers]
best = int(np.argmin([distance for _, distance in fits]))

np.savetxt("layer.csv", np.argwhere(layer), delimiter=",", fmt="%d")
np.savetxt("degrees.csv", degrees, fmt="%d")
with open("expected.csv", "w") as file:
    for name, value in {"largest": values[0], "second": values[1], "components": len(components),
                        "largest component": max(map(len, components)), "power law smallest": numbers[best],
                        "power law exponent": fits[best][0], "power law distance": fits[best][1],
                        "power law tail": (degrees >= numbers[best]).sum(), "zeta": scipy.special.zeta(1.5, 3.0),
                        "steep zeta": scipy.special.zeta(80.0, 4.0) * 4.0 ** 80}.items():
        file.write(f"{name},{float(value)!r}\n")
