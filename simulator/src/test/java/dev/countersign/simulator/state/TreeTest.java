package dev.countersign.simulator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree behaves as a sorted map that never changes. */
final class TreeTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itAgreesWithASortedMapOverRandomChanges(long seed) {
    Random random = new Random(seed);
    TreeMap<Integer, Integer> expected = new TreeMap<>();
    Tree<Integer, Integer> tree = Tree.empty();
    for (int i = 0; i < 3000; i++) {
      int key = random.nextInt(400);
      if (random.nextInt(3) == 0) {
        expected.remove(key);
        tree = tree.without(key);
      } else {
        expected.put(key, i);
        tree = tree.with(key, i);
      }
      if (i % 100 == 0) {
        assertSame(tree, expected, random.nextInt(400));
      }
    }
    assertSame(tree, expected, 200);
  }

  private static void assertSame(
      Tree<Integer, Integer> tree, TreeMap<Integer, Integer> expected, int key) {
    assertThat(tree.size()).isEqualTo(expected.size());
    assertThat(tree.values()).containsExactlyElementsOf(expected.values());
    assertThat(tree.descending()).containsExactlyElementsOf(expected.descendingMap().values());
    assertThat(tree.valuesAfter(key))
        .containsExactlyElementsOf(expected.tailMap(key, false).values());
    assertThat(tree.get(key).orElse(null)).isEqualTo(expected.get(key));
    assertThat(tree.first().orElse(null))
        .isEqualTo(expected.isEmpty() ? null : expected.firstKey());
  }

  @Test
  void anEarlierTreeStaysAsItWas() {
    List<Tree<Integer, Integer>> trees = new ArrayList<>();
    Tree<Integer, Integer> tree = Tree.empty();
    for (int i = 0; i < 200; i++) {
      trees.add(tree);
      tree = tree.with(i, i);
    }
    for (int i = 0; i < 200; i++) {
      tree = tree.without(i);
    }

    for (int i = 0; i < trees.size(); i++) {
      assertThat(trees.get(i).size()).isEqualTo(i);
      assertThat(trees.get(i).values()).hasSize(i);
    }
  }

  @Test
  void sortedInsertionKeepsItFlat() {
    Tree<Integer, Integer> tree = Tree.empty();
    for (int i = 0; i < 100_000; i++) {
      tree = tree.with(i, i);
    }

    // an AVL tree of n entries is at most 1.44 log2(n + 2) high
    assertThat(tree.height()).isLessThanOrEqualTo(24);
  }
}
