/** What the server does about budgets of its own accord. */
@NullMarked
package dev.polyphony.budgets.automation;

import org.jspecify.annotations.NullMarked;
