/** Permissions and who they are assigned to. For the rest of the engine. */
@NullMarked
package dev.countersign.simulator.permissions;

import org.jspecify.annotations.NullMarked;
