/** Dfns over java.net.http and Jackson. For those who wire a client, with Guice or without. */
@NullMarked
package dev.countersign.http;

import org.jspecify.annotations.NullMarked;
