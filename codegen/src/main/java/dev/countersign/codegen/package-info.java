/** Build time only: from the API description to Java. For those who change what is generated. */
@NullMarked
package dev.countersign.codegen;

import org.jspecify.annotations.NullMarked;
