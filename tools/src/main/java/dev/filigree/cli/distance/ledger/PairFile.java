package dev.filigree.cli.distance.ledger;

import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.distance.pairs.NetworkPair;
import dev.filigree.distance.pairs.PairDistance;
import dev.filigree.distance.pairs.PairLedger;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The finished pairs of a comparison on disk, so that an interrupted one goes on where it was.
 *
 * <p>Text: a line {@code filigree pairs 1}, then one line per pair: the fingerprints of both topologies, {@code matched}
 * or {@code pinned}, with {@code +refined} or the tolerance where that is not 0, the largest gap, the distance of each layer, and the CRC-32C of the line up to there in hexadecimal,
 * with commas between them. A network that changes has another fingerprint, so its pairs are compared again. Lines are
 * appended and reach the disk within a second; what follows a damaged line, such as one that a power cut has torn, is
 * dropped when the file is opened.
 */
public final class PairFile implements PairLedger, AutoCloseable {
    /** To be raised when the same topologies give other distances than before. */
    private static final String HEADER = "filigree pairs 1\n";
    private static final String ANY_HEADER = "filigree pairs ";

    private static final long FORCE_NANOS = 1_000_000_000;

    private final Path file;
    private final FileChannel channel;
    private final String method;
    private final Map<String, PairDistance> known = new HashMap<>();
    private final IdentityHashMap<NetworkTopology, String> fingerprints = new IdentityHashMap<>();
    private long lastForced = System.nanoTime();

    private PairFile(Path file, FileChannel channel, DistanceMethod distanceMethod) {
        this.file = file;
        this.channel = channel;
        method = name(distanceMethod);
    }

    private static String name(DistanceMethod method) {
        return (method.outputNeurons() == OutputNeurons.PINNED ? "pinned" : "matched")
                + (method.refined() ? "+refined" : "") + (method.tolerance() > 0 ? "+" + method.tolerance() : "");
    }

    /**
     * Opens the file, or makes it.
     *
     * @param file its directory exists
     * @throws IOException if it is none of Filigree's, or another process has it open
     */
    public static PairFile open(Path file, DistanceMethod distanceMethod) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            lock(channel, file);
            PairFile pairs = new PairFile(file, channel, distanceMethod);
            pairs.readAll();
            return pairs;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new IOException(
                    "%s: another comparison is writing it; wait for it, or choose another directory".formatted(file));
        }
    }

    private void readAll() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Reads on.
        }
        String text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
        if (!text.startsWith(ANY_HEADER) && !ANY_HEADER.startsWith(text)) {
            throw new IOException(
                    ("%s: not a file of finished pairs, expected one that begins with '%s': put an empty file "
                            + "in its place, and its pairs are compared again").formatted(file, ANY_HEADER.strip()));
        }
        int end = text.startsWith(HEADER) ? HEADER.length() : 0;
        for (int next = text.indexOf('\n', end); end > 0 && next >= 0; next = text.indexOf('\n', end)) {
            if (!read(text.substring(end, next))) {
                break;
            }
            end = next + 1;
        }
        channel.truncate(end);
        channel.position(end);
        if (end == 0) {
            append(HEADER);
        }
    }

    private boolean read(String line) {
        int comma = line.lastIndexOf(',');
        if (comma < 0 || !line.substring(comma + 1).equals(checksum(line.substring(0, comma)))) {
            return false;
        }
        String[] fields = line.substring(0, comma).split(",");
        List<Double> numbers = Arrays.stream(fields).skip(3).map(Double::valueOf).toList();
        known.put(String.join(",", List.of(fields).subList(0, 3)),
                new PairDistance(numbers.subList(1, numbers.size()), numbers.get(0)));
        return true;
    }

    @Override
    public @Nullable PairDistance find(NetworkPair pair) {
        return known.get(key(pair));
    }

    @Override
    public void enter(NetworkPair pair, PairDistance distance) {
        List<Object> fields = new ArrayList<>(List.of(key(pair), distance.largestGap()));
        fields.addAll(distance.layers());
        String line = fields.stream().map(Object::toString).collect(Collectors.joining(","));
        try {
            append(line + "," + checksum(line) + "\n");
            if (System.nanoTime() - lastForced > FORCE_NANOS) {
                channel.force(false);
                lastForced = System.nanoTime();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException("cannot write %s: %s".formatted(file, e.getMessage()), e));
        }
    }

    private void append(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private String key(NetworkPair pair) {
        return fingerprint(pair.a()) + "," + fingerprint(pair.b()) + "," + method;
    }

    private String fingerprint(NetworkTopology network) {
        return fingerprints.computeIfAbsent(network, TopologyFingerprint::of);
    }

    private static String checksum(String line) {
        CRC32C checksum = new CRC32C();
        checksum.update(line.getBytes(StandardCharsets.ISO_8859_1));
        return "%08x".formatted(checksum.getValue());
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.force(false);
        }
    }
}
