package dev.filigree.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Damages files at random, reproducibly. Of archives, gzip files and checkpoints, half are damaged as they are and half
 * inside, with right sums around the damage.
 */
final class Mutator {
    private static final long[] NUMBERS = {0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, 65536, 1 << 20, 1 << 24,
            Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final String[] TEXTS = {"-1", "0", "1e999", "NaN", "2147483648", "9223372036854775807", "16777216",
            "99999999999999999999", ",", ":", "\"", "\n", "\0", "\u001b[2J", "(", "True", "|S0", "<U1", "null", "[[[[",
            "\ufeff", "…", "-", "1".repeat(400)};

    private final SplittableRandom random;
    private final List<byte[]> seeds;

    Mutator(List<byte[]> seeds, long seed) {
        this.seeds = seeds;
        this.random = new SplittableRandom(seed);
    }

    byte[] next() throws IOException {
        byte[] seed = any(seeds);
        return random.nextBoolean() ? damaged(seed) : switch (seed[0] << 8 | (seed[1] & 0xff)) {
            case 'P' << 8 | 'K' -> insideZip(seed);
            case 0x1f << 8 | 0x8b -> insideGzip(seed);
            case (byte) 0x89 << 8 | 'F' -> insideCheckpoint(seed);
            default -> damaged(seed);
        };
    }

    private byte[] insideZip(byte[] seed) throws IOException {
        List<ZipEntry> entries = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(seed))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.add(entry);
                contents.add(in.readAllBytes());
            }
        }
        int target = random.nextInt(contents.size());
        contents.set(target, damaged(contents.get(target)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int k = 0; k < contents.size(); k++) {
                out.putNextEntry(new ZipEntry(entries.get(k).getName()));
                out.write(contents.get(k));
            }
        }
        return bytes.toByteArray();
    }

    private byte[] insideGzip(byte[] seed) throws IOException {
        byte[] content;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(seed))) {
            content = in.readAllBytes();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(damaged(content));
        }
        return bytes.toByteArray();
    }

    /** In the header, the table or a section, without a change of size, as every number is where the sizes say. */
    private byte[] insideCheckpoint(byte[] seed) {
        ByteBuffer bytes = ByteBuffer.wrap(seed.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 1 + random.nextInt(3); k > 0; k--) {
            int at = random.nextInt(seed.length);
            if (random.nextBoolean()) {
                bytes.put(at, (byte) random.nextInt(256));
            } else if (at % 4 == 0 && at + 8 <= seed.length) {
                bytes.putLong(at, NUMBERS[random.nextInt(NUMBERS.length)]);
            } else {
                at = Math.min(at / 4 * 4, seed.length - 4);
                bytes.putInt(at, bytes.getInt(at) + random.nextInt(5) - 2);
            }
        }
        return CheckpointSums.repaired(bytes.array());
    }

    private byte[] damaged(byte[] seed) {
        byte[] bytes = seed;
        for (int k = 1 + random.nextInt(3); k > 0; k--) {
            bytes = bytes.length == 0 ? any(seeds) : damagedOnce(bytes.clone());
        }
        return bytes;
    }

    private byte[] damagedOnce(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int end = at + random.nextInt(Math.min(32, bytes.length - at) + 1);
        byte[] tail = Arrays.copyOfRange(bytes, end, bytes.length);
        byte[] head = Arrays.copyOf(bytes, at);
        byte[] span = Arrays.copyOfRange(bytes, at, end);
        return switch (random.nextInt(8)) {
            case 0 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                yield bytes;
            }
            case 1 -> {
                bytes[at] = (byte) random.nextInt(256);
                yield bytes;
            }
            case 2 -> withNumber(bytes, at);
            case 3 -> concat(head, TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8), tail);
            case 4 -> concat(head, tail);
            case 5 -> concat(head, span, span, tail);
            case 6 -> random.nextInt(4) == 0 ? head : concat(head, NUL, tail);
            default -> splice(head);
        };
    }

    private static final byte[] NUL = {0};

    private byte[] splice(byte[] head) {
        byte[] other = any(seeds);
        return concat(head, Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
    }

    private byte[] withNumber(byte[] bytes, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes)
                .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        if (random.nextBoolean() && at + 8 <= bytes.length) {
            buffer.putLong(at, number);
        } else if (at + 4 <= bytes.length) {
            buffer.putInt(at, (int) number);
        }
        return bytes;
    }

    private byte[] any(List<byte[]> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
