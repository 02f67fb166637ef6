/** Finding out what became of a change whose answer was lost. For those who must know. */
@NullMarked
package dev.countersign.lookup;

import org.jspecify.annotations.NullMarked;
