/**
 * What can go wrong, one class per way a caller would act differently. For everyone who calls Dfns
 * through this library.
 */
@NullMarked
package dev.countersign.error;

import org.jspecify.annotations.NullMarked;
