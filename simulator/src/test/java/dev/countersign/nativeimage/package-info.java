/** That a native image of a program with this library holds what it needs; GraalVM not needed. */
@NullMarked
package dev.countersign.nativeimage;

import org.jspecify.annotations.NullMarked;
