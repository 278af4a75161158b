/** Commands about erased subjects are refused. */
@NullMarked
package dev.polyphony.privacy.automation;

import org.jspecify.annotations.NullMarked;
