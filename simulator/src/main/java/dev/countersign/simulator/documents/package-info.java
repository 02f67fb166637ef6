/** Faults, usage and identities as the JSON of the control API. For both of its ends. */
@NullMarked
package dev.countersign.simulator.documents;

import org.jspecify.annotations.NullMarked;
