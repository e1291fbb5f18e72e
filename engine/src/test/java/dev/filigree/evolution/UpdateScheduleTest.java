package dev.filigree.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten epochs of ten steps, and what the formulas of the papers give for them. */
class UpdateScheduleTest {
    private static final int STEPS = 10;

    @Test
    void everyEpochIsAtItsLastStep() {
        assertThat(due(UpdateSchedule.EVERY_EPOCH)).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
    }

    @Test
    void stepsAreCountedAcrossEpochsAndWithinTheWindow() {
        assertThat(due(new UpdateSchedule(7, 0, 0.3))).containsExactly(7, 14, 21, 28);
        assertThat(due(new UpdateSchedule(7, 0.21, 0.42))).containsExactly(21, 28, 35, 42);
        assertThat(due(new UpdateSchedule(UpdateSchedule.EPOCH, 0.25, 0.75))).containsExactly(30, 40, 50, 60, 70);
    }

    /** Evci et al.: f(t) = α/2 (1 + cos(tπ / T_end)). */
    @Test
    void cosineIsThatOfRigL() {
        UpdateSchedule schedule = new UpdateSchedule(5, 0, 0.75);
        for (int t : due(schedule)) {
            assertThat(DropSchedule.COSINE.at(0.3, schedule.position(at(t))))
                    .isCloseTo(0.3 / 2 * (1 + Math.cos(t * Math.PI / 75)), within(1e-12));
        }
    }

    @Test
    void lineFallsToZeroAtTheEndOfTheWindow() {
        UpdateSchedule schedule = new UpdateSchedule(10, 0.2, 0.6);
        assertThat(due(schedule).stream().map(t -> DropSchedule.LINEAR.at(0.4, schedule.position(at(t)))))
                .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
                .containsExactly(0.4, 0.3, 0.2, 0.1, 0.0);
        assertThat(DropSchedule.CONSTANT.at(0.4, 1)).isEqualTo(0.4);
    }

    /** Zhu and Gupta, equation 1: s_t = s_f + (s_i - s_f) (1 - (t - t_0) / (n Δt))³. */
    @ParameterizedTest
    @CsvSource({"5,0,0.5,50", "10,0.2,0.8,80", "0,0,1,90", "0,0.1,0.55,50", "7,0,0.5,49"})
    void whatIsLeftToPruneFallsAsTheCube(int every, double from, double until, int last) {
        UpdateSchedule schedule = new UpdateSchedule(every, from, until);
        double density = 0.9;
        for (int t : due(schedule)) {
            if (t < 100) {
                density = 0.1 + (density - 0.1) * schedule.cubicDecay(at(t));
                double passed = (t - 100 * from) / (last - 100 * from);
                assertThat(density).as("after step %d", t)
                        .isCloseTo(0.1 + (0.9 - 0.1) * Math.pow(1 - passed, 3), within(1e-12));
            }
        }
        assertThat(density).isCloseTo(0.1, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"-1,0,1", "1,-0.1,1", "1,0.5,0.5", "1,0,1.1", "1,NaN,1"})
    void refusesWhatIsNoWindow(int every, double from, double until) {
        assertThatIllegalArgumentException().isThrownBy(() -> new UpdateSchedule(every, from, until))
                .withMessageContaining("expected");
    }

    private static List<Integer> due(UpdateSchedule schedule) {
        return IntStream.rangeClosed(1, 100).filter(t -> schedule.isDue(at(t))).boxed().toList();
    }

    private static TrainingProgress at(int step) {
        return new TrainingProgress((step - 1) / STEPS + 1, (step - 1) % STEPS + 1, STEPS, 10);
    }
}
