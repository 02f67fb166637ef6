/**
 * The domains of which the simulator keeps records and nothing more: what is sent is kept and shown
 * again, in the form of the API's description, and nothing follows from it. For the engine.
 */
@NullMarked
package dev.countersign.simulator.records;

import org.jspecify.annotations.NullMarked;
