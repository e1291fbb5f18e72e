package dev.filigree.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            runs/größe-1.5 | runs/größe-1.5
            sp ace         | 'sp ace'
            a;b$c          | 'a;b$c'
            it's           | 'it'\\''s'
            ~              | '~'
            """)
    void wordsThatTheShellWouldReadOtherwiseAreQuoted(String text, String word) {
        assertThat(ShellWord.of(text)).isEqualTo(word);
    }
}
