package dev.filigree.parallel;

/**
 * How workers share a batch of tiles. As many groups of workers as possible take equally many whole tiles each, so that
 * activations seldom cross from one core's cache to another's; the members of a group share the neurons of its tiles.
 *
 * @param workers number of workers, 1 or more
 * @param tiles number of tiles, 1 or more
 * @param groups number of groups of workers, a divisor of both
 */
public record TileSplit(int workers, int tiles, int groups) {
    /** Checks the ranges. */
    public TileSplit {
        if (workers < 1 || tiles < 1 || groups < 1 || workers % groups != 0 || tiles % groups != 0) {
            throw new IllegalArgumentException(
                    "%d workers and %d tiles in %d groups: expected 1 or more, and the groups to divide both"
                            .formatted(workers, tiles, groups));
        }
    }

    /** In as many groups as possible. */
    public static TileSplit of(int workers, int tiles) {
        int groups = workers;
        for (int rest = tiles; rest != 0;) {
            int next = groups % rest;
            groups = rest;
            rest = next;
        }
        return new TileSplit(workers, tiles, groups);
    }

    /** Workers that share the same tiles. */
    public int members() {
        return workers / groups;
    }

    /** Which member of its group a worker is: 0 to {@link #members} - 1. */
    public int member(int worker) {
        return worker % members();
    }

    /** A worker's first tile. */
    public int fromTile(int worker) {
        return worker / members() * (tiles / groups);
    }

    /** One past a worker's last tile. */
    public int toTile(int worker) {
        return fromTile(worker) + tiles / groups;
    }

    /** Where the part of some items begins that falls to a worker as member of its group. */
    public int from(int worker, int items) {
        return (int) ((long) items * member(worker) / members());
    }

    /** Where that part ends. */
    public int to(int worker, int items) {
        return (int) ((long) items * (member(worker) + 1) / members());
    }
}
