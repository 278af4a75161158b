/** What models were paid, in PostgreSQL. */
@NullMarked
package dev.polyphony.budgets.store;

import org.jspecify.annotations.NullMarked;
