/** The description of the Dfns API: routes, permissions, schemas. For the rest of the engine. */
@NullMarked
package dev.countersign.simulator.spec;

import org.jspecify.annotations.NullMarked;
