package dev.polyphony.platform.startup;

import java.net.SocketException;
import java.util.Optional;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.env.Environment;

/** The server cannot listen where it is told to. */
final class PortAnalyzer extends CauseAnalyzer<WebServerException> {
    private static final String OTHER_PORT = "SERVER_PORT (--server.port)";

    private final Environment settings;

    PortAnalyzer(Environment settings) {
        super(WebServerException.class);
        this.settings = settings;
    }

    @Override
    Optional<Explanation> explain(WebServerException failure, Throwable whole) {
        if (failure instanceof PortInUseException inUse) {
            return Optional.of(new Explanation(
                    "port %d is in use.".formatted(inUse.getPort()),
                    "Stop what listens there, or choose another port with %s.".formatted(OTHER_PORT)));
        }
        return causes(failure)
                .filter(SocketException.class::isInstance)
                .findFirst()
                .map(refused -> new Explanation(
                        "it cannot listen on %s, port %s (%s)."
                                .formatted(
                                        settings.getProperty("server.address", "every address"),
                                        settings.getProperty("server.port", "8080"),
                                        refused.getMessage()),
                        "Choose an address of this machine with SERVER_ADDRESS, or a port from 1024 on with %s."
                                .formatted(OTHER_PORT)));
    }
}
