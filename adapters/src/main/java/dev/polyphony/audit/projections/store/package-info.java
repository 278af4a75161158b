/**
 * Dead letters and rebuilds on PostgreSQL and Axon's pooled processors. The fast path is Axon's own, a batch in one
 * transaction; only a batch that failed is gone over again event by event.
 */
@NullMarked
package dev.polyphony.audit.projections.store;

import org.jspecify.annotations.NullMarked;
