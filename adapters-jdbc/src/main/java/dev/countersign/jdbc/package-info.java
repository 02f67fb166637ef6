/** Journals in a database. For those whose batches have to survive. */
@NullMarked
package dev.countersign.jdbc;

import org.jspecify.annotations.NullMarked;
