package dev.filigree.cli.distance.ledger;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A number that two networks share only if they have the same shape and the same connections: SHA-256 of both. */
final class TopologyFingerprint {
    private static final long CHUNK_BYTES = 1 << 20;

    private TopologyFingerprint() {}

    /** 64 hexadecimal digits. */
    static String of(NetworkTopology network) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (LayerTopology layer : network.layers()) {
                digest.update(ByteBuffer.allocate(16).putInt(layer.inputs()).putInt(layer.outputs())
                        .putLong(layer.connections()).flip());
                update(digest, layer.rowStarts().segment());
                update(digest, layer.sources().segment());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java has", e);
        }
    }

    private static void update(MessageDigest digest, MemorySegment segment) {
        for (long from = 0; from < segment.byteSize(); from += CHUNK_BYTES) {
            digest.update(segment.asSlice(from, Math.min(CHUNK_BYTES, segment.byteSize() - from)).asByteBuffer());
        }
    }
}
