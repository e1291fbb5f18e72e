/**
 * Training runs on disk.
 *
 * <p>A run is one directory:
 *
 * <pre>
 * run.json                        settings, data, machine, times, status and results ({@link dev.filigree.cli.run.RunRecord})
 * history.csv                     one line per epoch ({@link dev.filigree.cli.run.HistoryFile})
 * checkpoints/                    all that the run needs to go on, at its last few moments
 *     epoch_EEEE_step_SSSSSS.checkpoint  ({@link dev.filigree.training.checkpoint.Checkpoint})
 * .lock                           held while the run is trained ({@link dev.filigree.cli.run.RunLock})
 * topology/epoch_000/             the network before training
 * topology/epoch_NNN/             the network after epoch NNN, as it was evaluated, before it was rewired
 *     weight_l0.npz, bias_l0.npy  one pair per layer ({@link dev.filigree.io.topology.NetworkFiles})
 *     activation_l0.npy           beside them where activations are learned
 * </pre>
 *
 * <p>There is no separate copy of the trained network: it is the last epoch, which is always saved, and {@code run.json}
 * names its directory. Whatever ends a run, every file and every epoch directory in it is complete:
 * {@link dev.filigree.cli.run.RunDirectory} writes under temporary names and renames.
 */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.run;
