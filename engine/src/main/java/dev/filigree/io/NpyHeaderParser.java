package dev.filigree.io;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header text of an NPY file: a Python dictionary with exactly the keys {@code descr},
 * {@code fortran_order} and {@code shape}, in any order.
 */
final class NpyHeaderParser {
    private static final String DTYPES = "bool, int8 to int64, uint8 to uint64, float32 or float64";

    private static final int MOST_DIMENSIONS = 64;

    private final String text;
    private final String where;
    private int position;

    NpyHeaderParser(String text, String where) {
        this.text = text;
        this.where = where;
    }

    NpyHeader parse() throws FileFormatException {
        NpyType type = null;
        Boolean fortranOrder = null;
        List<Long> shape = null;
        expect('{');
        while (!accept('}')) {
            String key = quoted();
            expect(':');
            switch (key) {
                case "descr" -> type = type();
                case "fortran_order" -> fortranOrder = truth();
                case "shape" -> shape = shape();
                default -> throw malformed("unknown key '%s'".formatted(FileFormatException.printable(key)));
            }
            if (!accept(',') && !startsWith('}')) {
                throw malformed("',' or '}' is missing at character %d".formatted(position));
            }
        }
        if (type == null || fortranOrder == null || shape == null) {
            throw malformed("descr, fortran_order or shape is missing");
        }
        NpyHeader header = new NpyHeader(type, fortranOrder, shape);
        try {
            header.dataBytes();
        } catch (ArithmeticException e) {
            throw new FileFormatException(where,
                    "shape %s has more bytes than any file holds".formatted(header.shapeText()), e);
        }
        return header;
    }

    private NpyType type() throws FileFormatException {
        if (startsWith('[')) {
            throw new FileFormatException(where, "is a structured array; expected one dtype: " + DTYPES);
        }
        String descr = quoted();
        NpyType type = NpyType.parse(descr).orElse(null);
        if (type == null) {
            throw new FileFormatException(where, descr.contains("O")
                    ? "holds Python objects (dtype '%s'); save it again as %s"
                            .formatted(FileFormatException.printable(descr), DTYPES)
                    : "dtype '%s' is not supported; expected %s".formatted(FileFormatException.printable(descr),
                            DTYPES));
        }
        return type;
    }

    private boolean truth() throws FileFormatException {
        skipSpace();
        if (text.startsWith("True", position)) {
            position += 4;
            return true;
        }
        if (text.startsWith("False", position)) {
            position += 5;
            return false;
        }
        throw malformed("fortran_order is neither True nor False");
    }

    private List<Long> shape() throws FileFormatException {
        List<Long> extents = new ArrayList<>();
        expect('(');
        while (!accept(')')) {
            extents.add(extent());
            if (extents.size() > MOST_DIMENSIONS) {
                throw new FileFormatException(where, "has more than the %d dimensions that NumPy knows"
                        .formatted(MOST_DIMENSIONS));
            }
            if (!accept(',') && !startsWith(')')) {
                throw malformed("',' or ')' is missing in the shape");
            }
        }
        return extents;
    }

    private long extent() throws FileFormatException {
        skipSpace();
        int start = position;
        while (position < text.length() && "-0123456789".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        String digits = text.substring(start, position);
        accept('L'); // Python 2 wrote long integers so
        Long extent = parseLong(digits);
        if (extent == null) {
            throw malformed("'%s' in the shape is not a number".formatted(FileFormatException.printable(digits)));
        }
        if (extent < 0) {
            throw new FileFormatException(where, "negative size %d in the shape; expected 0 or more".formatted(extent));
        }
        return extent;
    }

    private static @Nullable Long parseLong(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private String quoted() throws FileFormatException {
        skipSpace();
        if (position < text.length() && "'\"".indexOf(text.charAt(position)) >= 0) {
            int end = text.indexOf(text.charAt(position), position + 1);
            if (end > 0) {
                String content = text.substring(position + 1, end);
                position = end + 1;
                return content;
            }
        }
        throw malformed("a quoted name is missing at character %d".formatted(position));
    }

    private void expect(char expected) throws FileFormatException {
        if (!accept(expected)) {
            throw malformed("'%s' is missing at character %d".formatted(expected, position));
        }
    }

    private boolean accept(char wanted) {
        boolean found = startsWith(wanted);
        if (found) {
            position++;
        }
        return found;
    }

    private boolean startsWith(char wanted) {
        skipSpace();
        return position < text.length() && text.charAt(position) == wanted;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private FileFormatException malformed(String problem) {
        return new FileFormatException(where, "malformed NPY header: %s; expected a file that NumPy saved"
                .formatted(problem));
    }
}
