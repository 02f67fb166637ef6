/** Tests of what an organisation remembers. For its developers. */
@NullMarked
package dev.countersign.simulator.state;

import org.jspecify.annotations.NullMarked;
