package dev.filigree.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class GunzipStreamTest {
    private static final byte[] TEXT = "one line of text, another line of text\n".repeat(50)
            .getBytes(StandardCharsets.UTF_8);

    /** The same text with every optional field in its header. */
    private static final byte[] NAMED = named();

    @Test
    void plainContentIsLeftAlone() throws IOException {
        assertThat(read(TEXT)).isEqualTo(TEXT);
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new byte[]{0x1f})).containsExactly(0x1f);
    }

    @Test
    void membersFollowEachOther() throws IOException {
        assertThat(read(concat(gzip(TEXT), gzip(new byte[0]), gzip(TEXT)))).isEqualTo(concat(TEXT, TEXT));
    }

    @Test
    void optionalHeaderFieldsAreSkipped() throws IOException {
        assertThat(read(NAMED)).isEqualTo(TEXT);
    }

    @Test
    void everyLengthButTheWholeEndsTooEarly() throws IOException {
        for (int length = 2; length < NAMED.length; length++) {
            byte[] cut = Arrays.copyOf(NAMED, length);
            assertThatThrownBy(() -> read(cut)).as("%d bytes", length).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aDamagedSecondMemberIsNotTakenForTheEnd() throws IOException {
        byte[] second = gzip(TEXT);
        for (int position = 0; position < second.length; position++) {
            byte[] damaged = second.clone();
            damaged[position] ^= 0x08;
            byte[] file = concat(gzip(TEXT), damaged);
            try {
                assertThat(read(file)).as("byte %d", position).isEqualTo(concat(TEXT, TEXT));
            } catch (ZipException | EOFException expected) {
                assertThat(position).as("bytes of time, flags and system are free").matches(p -> p < 4 || p > 9);
            }
        }
        assertThatThrownBy(() -> read(concat(gzip(TEXT), new byte[]{'x'}))).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read(concat(gzip(TEXT), new byte[30]))).isInstanceOf(ZipException.class);
    }

    @Test
    void aBombIsRefusedAfterAFewMegabytes() throws IOException {
        byte[] bomb = gzip(new byte[20_000_000]);
        try (InputStream in = GunzipStream.of(new ByteArrayInputStream(bomb), bomb.length)) {
            byte[] believed = in.readNBytes((int) Unpacking.mostBytes(bomb.length));
            assertThat(believed).hasSizeLessThan(6_000_000);
            assertThatThrownBy(in::read).isInstanceOf(ZipException.class)
                    .hasMessageContaining("unpacks to more than");
        }
    }

    private static byte[] read(byte[] file) throws IOException {
        try (InputStream in = GunzipStream.of(new ByteArrayInputStream(file), file.length)) {
            return in.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** Extra field, name, comment and header sum before the data of {@link #gzip}. */
    private static byte[] named() {
        try {
            byte[] plain = gzip(TEXT);
            byte[] header = concat(
                    new byte[]{0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, (byte) 255, 3, 0, 1, 2, 3},
                    "näme\0comment\0".getBytes(StandardCharsets.UTF_8));
            CRC32 sum = new CRC32();
            sum.update(header);
            byte[] low = {(byte) sum.getValue(), (byte) (sum.getValue() >> 8)};
            return concat(header, low, Arrays.copyOfRange(plain, 10, plain.length));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
