/** What every request and every context needs: security, errors, JSON, the command bus, the database. */
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package dev.polyphony.config;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
