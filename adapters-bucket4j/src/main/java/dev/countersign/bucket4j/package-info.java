/** One rate budget for a fleet. For those who run several processes under one limit. */
@NullMarked
package dev.countersign.bucket4j;

import org.jspecify.annotations.NullMarked;
