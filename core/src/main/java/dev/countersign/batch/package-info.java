/**
 * Many operations in one go, each finished exactly once, also over a crash. For those who pay
 * salaries.
 */
@NullMarked
package dev.countersign.batch;

import org.jspecify.annotations.NullMarked;
