package dev.filigree.assignment.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SearchHeapTest {
    private record Entry(double key, int number) {}

    @Test
    void removesByKeyThenByNumber() {
        SplittableRandom random = new SplittableRandom(2);
        SearchHeap heap = new SearchHeap();
        List<Entry> expected = new ArrayList<>();
        for (int k = 0; k < 1000; k++) {
            Entry entry = new Entry(random.nextInt(50), random.nextInt(1000) - 500);
            expected.add(entry);
            heap.add(entry.key, entry.number);
        }
        expected.sort(Comparator.comparingDouble(Entry::key).thenComparingInt(Entry::number));
        for (Entry entry : expected) {
            assertThat(heap.leastKey()).isEqualTo(entry.key);
            assertThat(heap.removeLeast()).isEqualTo(entry.number);
        }
        assertThat(heap.isEmpty()).isTrue();
    }
}
