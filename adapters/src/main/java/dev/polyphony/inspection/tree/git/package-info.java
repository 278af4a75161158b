/** Git repositories on other servers: fetched once, shallow, through the guarded HTTP client, and never checked out. */
@NullMarked
package dev.polyphony.inspection.tree.git;

import org.jspecify.annotations.NullMarked;
