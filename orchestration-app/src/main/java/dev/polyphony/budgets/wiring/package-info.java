/** The beans of budgets. */
@NullMarked
package dev.polyphony.budgets.wiring;

import org.jspecify.annotations.NullMarked;
