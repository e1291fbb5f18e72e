package dev.filigree.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.filigree.io.FileFormatException;

/** The settings of a run as a checkpoint holds them: one JSON object, as in {@code run.json}. */
public final class SettingsText {
    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final int LONGEST_REASON = 300;

    private SettingsText() {}

    /** Writes settings. */
    public static String of(RunSettings settings) {
        try {
            return JSON.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings that are no JSON", e);
        }
    }

    /**
     * Reads settings.
     *
     * @param where the file, for the message
     * @throws FileFormatException if they are damaged
     */
    public static RunSettings read(String text, Object where) throws FileFormatException {
        try {
            RunSettings settings = JSON.readValue(text, RunSettings.class);
            if (settings == null || !settings.isComplete()) {
                throw new FileFormatException(where, "the settings in it are incomplete");
            }
            return settings;
        } catch (JsonProcessingException e) {
            throw new FileFormatException(where, "the settings in it are damaged: %s".formatted(
                    FileFormatException.printable(String.valueOf(e.getOriginalMessage()), LONGEST_REASON)), e);
        }
    }
}
