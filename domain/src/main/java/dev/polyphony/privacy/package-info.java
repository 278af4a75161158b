/**
 * Data about people in a history that never forgets: it is encrypted with one key for each data subject, and erasing the
 * subject destroys the key. Other contexts mark their events and know nothing else of this one.
 */
@ApplicationModule(
        allowedDependencies = {
            "platform :: security",
            "shared",
            "eventstore :: crypto",
            "db :: privacy",
            "postgres",
            "identity :: tenants",
            "identity",
            "identity :: users",
            "platform :: openapi"
        })
@NullMarked
package dev.polyphony.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
