package dev.countersign.simulator.state;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map that never changes: a change gives another tree, which shares all but one path with
 * this one. Balanced (AVL), so every operation takes logarithmic time.
 */
final class Tree<K extends Comparable<K>, V> {

  private static final class Node<K, V> {
    private final K key;
    private final V value;
    private final @Nullable Node<K, V> left;
    private final @Nullable Node<K, V> right;
    private final int height;
    private final int size;

    private Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
      this.key = key;
      this.value = value;
      this.left = left;
      this.right = right;
      this.height = 1 + Math.max(height(left), height(right));
      this.size = 1 + size(left) + size(right);
    }
  }

  private final @Nullable Node<K, V> root;

  private Tree(@Nullable Node<K, V> root) {
    this.root = root;
  }

  static <K extends Comparable<K>, V> Tree<K, V> empty() {
    return new Tree<>(null);
  }

  int size() {
    return size(root);
  }

  /** How many entries are on the longest path. */
  int height() {
    return height(root);
  }

  Optional<V> get(K key) {
    Node<K, V> node = root;
    while (node != null) {
      int order = key.compareTo(node.key);
      if (order == 0) {
        return Optional.of(node.value);
      }
      node = order < 0 ? node.left : node.right;
    }
    return Optional.empty();
  }

  Tree<K, V> with(K key, V value) {
    return new Tree<>(with(root, key, value));
  }

  Tree<K, V> without(K key) {
    return get(key).isEmpty() ? this : new Tree<>(without(root, key));
  }

  /** The smallest key, if there is one. */
  Optional<K> first() {
    return root == null ? Optional.empty() : Optional.of(leftmost(root).key);
  }

  /** The values in the order of their keys. */
  Stream<V> values() {
    return stream(ascending(null));
  }

  /** The values whose keys come after a key, in the order of their keys. */
  Stream<V> valuesAfter(K key) {
    return stream(ascending(key));
  }

  /** The values in the opposite order of their keys. */
  Stream<V> descending() {
    Deque<Node<K, V>> path = new ArrayDeque<>();
    for (Node<K, V> node = root; node != null; node = node.right) {
      path.push(node);
    }
    return stream(new Walk<>(path, false));
  }

  private Walk<K, V> ascending(@Nullable K after) {
    Deque<Node<K, V>> path = new ArrayDeque<>();
    Node<K, V> node = root;
    while (node != null) {
      if (after == null || node.key.compareTo(after) > 0) {
        path.push(node);
        node = node.left;
      } else {
        node = node.right;
      }
    }
    return new Walk<>(path, true);
  }

  private static <V> Stream<V> stream(Iterator<V> iterator) {
    Iterable<V> iterable = () -> iterator;
    return StreamSupport.stream(iterable.spliterator(), false);
  }

  private static final class Walk<K, V> implements Iterator<V> {
    private final Deque<Node<K, V>> path;
    private final boolean ascending;

    private Walk(Deque<Node<K, V>> path, boolean ascending) {
      this.path = path;
      this.ascending = ascending;
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public V next() {
      if (path.isEmpty()) {
        throw new NoSuchElementException("the tree has no further value");
      }
      Node<K, V> node = path.pop();
      Node<K, V> next = ascending ? node.right : node.left;
      while (next != null) {
        path.push(next);
        next = ascending ? next.left : next.right;
      }
      return node.value;
    }
  }

  private static <K extends Comparable<K>, V> Node<K, V> with(
      @Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      return new Node<>(key, value, null, null);
    }
    int order = key.compareTo(node.key);
    if (order == 0) {
      return new Node<>(key, value, node.left, node.right);
    }
    return order < 0
        ? balanced(node, with(node.left, key, value), node.right)
        : balanced(node, node.left, with(node.right, key, value));
  }

  private static <K extends Comparable<K>, V> @Nullable Node<K, V> without(
      @Nullable Node<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    int order = key.compareTo(node.key);
    if (order < 0) {
      return balanced(node, without(node.left, key), node.right);
    }
    if (order > 0) {
      return balanced(node, node.left, without(node.right, key));
    }
    if (node.left == null) {
      return node.right;
    }
    if (node.right == null) {
      return node.left;
    }
    Node<K, V> heir = leftmost(node.right);
    return balanced(heir, node.left, without(node.right, heir.key));
  }

  /** A node with the entry of one and the given children, rotated if one is two levels higher. */
  private static <K extends Comparable<K>, V> Node<K, V> balanced(
      Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    int lean = height(left) - height(right);
    if (lean > 1 && left != null) {
      Node<K, V> inner = left.right;
      if (inner != null && height(inner) > height(left.left)) {
        return new Node<>(
            inner.key,
            inner.value,
            new Node<>(left.key, left.value, left.left, inner.left),
            new Node<>(entry.key, entry.value, inner.right, right));
      }
      return new Node<>(
          left.key, left.value, left.left, new Node<>(entry.key, entry.value, inner, right));
    }
    if (lean < -1 && right != null) {
      Node<K, V> inner = right.left;
      if (inner != null && height(inner) > height(right.right)) {
        return new Node<>(
            inner.key,
            inner.value,
            new Node<>(entry.key, entry.value, left, inner.left),
            new Node<>(right.key, right.value, inner.right, right.right));
      }
      return new Node<>(
          right.key, right.value, new Node<>(entry.key, entry.value, left, inner), right.right);
    }
    return new Node<>(entry.key, entry.value, left, right);
  }

  private static <K, V> Node<K, V> leftmost(Node<K, V> node) {
    Node<K, V> leftmost = node;
    while (leftmost.left != null) {
      leftmost = leftmost.left;
    }
    return leftmost;
  }

  private static int height(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.height;
  }

  private static int size(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.size;
  }
}
