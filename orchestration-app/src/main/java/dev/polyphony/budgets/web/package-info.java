/** Budgets as operators see them. */
@NullMarked
package dev.polyphony.budgets.web;

import org.jspecify.annotations.NullMarked;
