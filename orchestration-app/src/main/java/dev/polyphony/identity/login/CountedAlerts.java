package dev.polyphony.identity.login;

import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.platform.errors.SampledLog;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts attempts to get in, and logs some of them. */
@Component
class CountedAlerts implements SecurityAlerts {
    private static final String METER = "polyphony.security.alerts";
    private static final SampledLog LOG = new SampledLog(LoggerFactory.getLogger(CountedAlerts.class));

    private final MeterRegistry meters;

    CountedAlerts(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void raise(SecurityAlert alert) {
        switch (alert) {
            case InvalidAuth invalid -> {
                count("invalid_auth", invalid.kind());
                LOG.warn("Wrong credentials ({}) from {}", invalid.kind(), invalid.address());
            }
            case Lockout lockout -> {
                count("lockout", lockout.kind());
                LOG.warn(
                        "Too many failures ({}) from {}: nothing more is checked for a while",
                        lockout.kind(),
                        lockout.address());
            }
            case RefreshTokenReused reused -> {
                count("refresh_token_reused", "refresh_token");
                LOG.warn("A refresh token was used twice, from {}: its session was ended", reused.address());
            }
        }
    }

    private void count(String type, String kind) {
        meters.counter(METER, "type", type, "credential", kind).increment();
    }
}
