package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong options end with exit code 2 and one line that names option, value and expectation, before anything runs. */
class TrainOptionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --density 0                     | --density is 0.0, expected numbers above 0 and at most 1
            --density 0.1,1.5               | --density is 0.1,1.5, expected numbers above 0
            --density 0.1,0.2               | --density is 0.1,0.2, expected one number or 3
            --density NaN                   | --density is NaN, expected
            --distribution erk              | --distribution erk spreads one density over the layers, expected --density
            --density 0.1,0.2,0.3 --distribution erk | expected --density with one number
            --distribution flat             | '--distribution': expected one of uniform, erk
            --topology-model ws             | '--topology-model': expected one of er, bsw[:beta], brf[:r], bsf, csti
            --topology-model bsw:2          | expected a number from 0 to 1 after the colon, as in bsw:0.1, but was 'bsw:2'
            --topology-model bsf:0.5        | bsf has no parameter
            --dense --topology-model brf    | --dense leaves no connections to choose
            --epsilon 0                     | --epsilon is 0.0, expected a number above 0
            --epsilon many                  | '--epsilon': 'many' is not a double
            --epsilon 5 --density 0.1       | --epsilon and --density exclude each other
            --dense --epsilon 5             | --dense makes every layer dense, expected no --epsilon
            --dense --sparse-output         | expected no --sparse-output
            --hidden 10,0                   | --hidden is 10,0, expected layers of 1 neuron or more
            --hidden ,                      | --hidden is empty, expected layers of 1 neuron or more
            --hidden 10,x                   | '--hidden'
            --zeta 1                        | --zeta is 1.0, expected a number of at least 0 and below 1
            --zeta -0.1                     | --zeta is -0.1, expected
            --evolution grow                | '--evolution': expected one of set, rigl, snfs, dsr, gradual-pruning, static
            --drop-schedule steps           | '--drop-schedule': expected one of constant, cosine, linear
            --update-every 0                | --update-every is '0', expected a number of steps, 1 or more, or epoch
            --update-every often            | --update-every is 'often', expected
            --evolve-until 1.5              | --evolve-until is 1.5, expected a fraction above 0 and at most 1
            --evolve-from 1                 | --evolve-from is 1.0, expected a fraction of at least 0 and below --evolve-until, which is 1.0
            --evolution rigl --evolve-from 0.8 | --evolve-until, which is 0.75
            --final-density 0               | --final-density is 0.0, expected a number above 0 and at most 1
            --evolution static --final-density 0.1 | expected no --evolution static
            --evolution gradual-pruning     | expected --final-density beside it
            --evolution gradual-pruning --final-density 0.1 --dense | expected --density 1
            --prune-neurons 100             | --prune-neurons is 100.0, expected a percentile above 0 and below 100
            --prune-neurons-from 3          | --prune-neurons-from needs the neurons to prune
            --prune-neurons 10 --prune-neurons-from 9 --epochs 8 | --prune-neurons-from is 9, expected an epoch from 1 to --epochs, which is 8
            --prune-neurons 10 --prune-neurons-every 0 | --prune-neurons-every is 0, expected 1 or more
            --evolve-output                 | --evolve-output needs a sparse output layer
            --activation swish              | '--activation': expected one of relu, leaky-relu[:slope]
            --activation relu:0.1           | relu has no slope
            --activation leaky-relu:steep   | expected a number after the colon
            --init zeros                    | '--init': expected one of he-uniform, xavier, normal
            --fan-in both                   | '--fan-in': expected one of dense, topology
            --loss hinge                    | '--loss': expected one of cross-entropy, mse
            --dropout 1                     | --dropout is 1.0, expected
            --epochs 0                      | --epochs is 0, expected 1 or more
            --batch 0                       | --batch is 0, expected 1 or more
            --lr 0                          | --lr is 0.0, expected a number above 0
            --lr 1e-50                      | --lr is 1.0E-50, expected a number above 0 in the range of float
            --lr Infinity                   | --lr is Infinity, expected a number above 0
            --schedule steps                | '--schedule': expected one of constant, cosine, linear[:END], multi-step
            --schedule linear:2             | expected the share of the rate at the end, 0 to 1
            --schedule multi-step:60,30     | expected ascending epochs but was 'multi-step:60,30'
            --schedule multi-step:30x0      | expected a gamma above 0
            --warmup -1                     | --warmup is -1.0, expected 0 or more
            --warmup 3 --epochs 2           | --warmup is 3.0, expected at most as many epochs as --epochs, which is 2
            --momentum 1                    | --momentum is 1.0, expected
            --optimizer rmsprop             | '--optimizer': expected one of sgd, adam but was 'rmsprop'
            --optimizer adam --momentum 0.9 | --momentum is an option of --optimizer sgd, expected none beside --optimizer adam
            --optimizer adam --nesterov     | --nesterov is an option of --optimizer sgd
            --beta1 0.9                     | --beta1 is an option of --optimizer adam, expected none beside --optimizer sgd
            --optimizer sgd --beta2 0.99    | --beta2 is an option of --optimizer adam
            --adam-epsilon 1e-8             | --adam-epsilon is an option of --optimizer adam
            --optimizer adam --beta1 1      | --beta1 is 1.0, expected a number of at least 0 and below 1
            --optimizer adam --beta2 -1     | --beta2 is -1.0, expected a number of at least 0 and below 1
            --optimizer adam --adam-epsilon 0 | --adam-epsilon is 0.0, expected a number above 0
            --optimizer adam --adam-epsilon 1e-50 | --adam-epsilon is 1.0E-50, expected a number above 0 in the range of float
            --optimizer adam --lr 0         | --lr is 0.0, expected a number above 0
            --weight-decay 1                | --weight-decay is 1.0, expected
            --l2 -1                         | --l2 is -1.0, expected 0 or more
            --clip-norm 0                   | --clip-norm is 0.0, expected a number above 0
            --clip-value -1                 | --clip-value is -1.0, expected a number above 0
            --clip-value 1e-50              | --clip-value is 1.0E-50, expected a number above 0 in the range of float
            --clip-norm 1e300               | --clip-norm is 1.0E300, expected a number above 0 in the range of float
            --clip-norm 1 --clip-value 1    | --clip-norm and --clip-value are given, expected one of them
            --data cifar                    | --data is 'cifar', expected one of fashion-mnist, fashion-mnist-sample, mnist
            --validation 1                  | --validation is 1.0, expected
            --threads 0                     | --threads is 0, expected 1 or more
            --dense-above 2                 | --dense-above is '2', expected a density of 0 to 1, or measured
            --activations half              | '--activations': expected one of float32, bf16
            --keep-weights                  | --keep-weights takes over the weights of a saved network, expected --topology
            --topology x --density 0.1      | --topology decides over the layers, expected no --density
            --snapshot-every -1             | --snapshot-every is -1, expected 0 or more
            """)
    void wrongOptionsAreUsageErrors(String options, String message) {
        InProcess.Result result = InProcess.filigree(("train " + options).split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().lines().findFirst()).get().asString().startsWith("filigree: ").contains(message);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void emptyPathsAreUsageErrors() {
        for (String option : new String[]{"--topology", "--features", "--resume"}) {
            InProcess.Result result = InProcess.filigree("train", option, "");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains(option + " is empty, expected a path");
        }
    }

    @Test
    void helpShowsDefaults() {
        assertThat(InProcess.filigree("help", "train").out()).contains("Default: fashion-mnist",
                "Default: 1000,1000,1000", "Default: he-uniform", "Examples:");
    }

    @Test
    void missingDataIsAFailure() {
        InProcess.Result result = InProcess.filigree("train", "--data-dir", "/nowhere");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("/nowhere").hasLineCount(1);
    }
}
