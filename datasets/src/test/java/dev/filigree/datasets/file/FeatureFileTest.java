package dev.filigree.datasets.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of features that cannot be meant. */
class FeatureFileTest {
    @TempDir
    Path folder;

    @Test
    void aFolderIsNotCalledMissing() {
        assertThatThrownBy(() -> FeatureFile.read(folder)).hasMessageContaining(folder + ": is a directory, expected");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1;-2      | line 2: found '-2', expected the number of a feature
            1;2;1     | line 3: feature 1 is there twice
            1.5       | found '1.5'
            99999999999 | found '99999999999'
            ''        | is empty
            """)
    void wrongListsAreRefused(String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("list"), content.replace(';', '\n'));
        assertThatThrownBy(() -> FeatureFile.read(file)).hasMessageContaining(message);
    }
}
