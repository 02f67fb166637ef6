/** The extension for JUnit, in tests that it runs itself. For its developers. */
@NullMarked
package dev.countersign.simulator.junit;

import org.jspecify.annotations.NullMarked;
