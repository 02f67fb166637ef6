/**
 * Preparing and running API calls, and what comes of them. For everyone who calls Dfns.
 *
 * <p>What an exchange that takes effect can come to, and what follows. <em>Repeatable</em> is an
 * operation that Dfns recognises by its {@code externalId}; <em>in doubt</em> is a call of which an
 * earlier answer was lost. Repeats end with the attempts, the retry tokens or the deadline; the
 * last column says as what.
 *
 * <table>
 *   <caption>The exchange that takes effect</caption>
 *   <tr><th>it comes to</th><th>not in doubt</th><th>in doubt</th></tr>
 *   <tr><td>2xx that can be read</td><td>the entity</td><td>the entity</td></tr>
 *   <tr><td>not sent, 429</td><td>repeated; unavailable</td><td>repeated; unknown</td></tr>
 *   <tr><td>no answer, 408, 5xx but 501, 3xx, 2xx that cannot be read</td>
 *     <td>in doubt from now on: repeated if repeatable; unknown</td><td>the same</td></tr>
 *   <tr><td>202 where none is foreseen</td><td>protocol error</td><td>protocol error</td></tr>
 *   <tr><td>409 that names the duplicate</td><td>rejected</td><td>rejected</td></tr>
 *   <tr><td>other 4xx, 501</td><td>rejected</td><td>unknown, the refusal its cause</td></tr>
 * </table>
 *
 * <table>
 *   <caption>The exchanges before it, waits and signing</caption>
 *   <tr><th>it comes to</th><th>not in doubt</th><th>in doubt</th></tr>
 *   <tr><td>not sent, no answer, 408, 429, 5xx but 501, 200 that is no JSON</td>
 *     <td>repeated; unavailable, or a protocol error</td><td>repeated; unknown</td></tr>
 *   <tr><td>4xx, 501, a key that fails, no room in the rate budget, credentials that fail</td>
 *     <td>as it is</td><td>unknown, with it as its cause</td></tr>
 *   <tr><td>interrupted, cancelled</td><td>unavailable</td><td>unknown</td></tr>
 * </table>
 */
@NullMarked
package dev.countersign.call;

import org.jspecify.annotations.NullMarked;
