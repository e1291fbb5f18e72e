package dev.filigree.plot;

import java.io.IOException;

/** A picture that is laid out: its size is known and it can be drawn. Lengths are pixels at 96 per inch. */
public interface Drawing {
    /** Width of the whole picture. */
    double width();

    /** Height of the whole picture. */
    double height();

    /** Draws everything on a white canvas of this size. */
    void drawOn(Canvas canvas) throws IOException;
}
