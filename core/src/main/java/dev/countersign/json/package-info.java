/**
 * JSON as values, and the port to a JSON library. For adapters, and for callers who need a field
 * that their version of the library does not know.
 */
@NullMarked
package dev.countersign.json;

import org.jspecify.annotations.NullMarked;
