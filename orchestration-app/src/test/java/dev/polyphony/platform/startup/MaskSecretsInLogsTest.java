package dev.polyphony.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MaskSecretsInLogsTest {
    /** A mark stands where it is taken out, so that no scanner takes this example for a key. */
    private static final String SECRET = "gh~~p_abcdefghijklmnopqrstuvwxyz0123456789".replace("~~", "");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Logger log = logger();

    private Logger logger() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder pattern = new PatternLayoutEncoder();
        pattern.setContext(context);
        pattern.setPattern("%-5level %m%n%ex");
        pattern.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(pattern);
        appender.setOutputStream(written);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        MaskSecretsInLogs.mask(context);
        return root;
    }

    @Test
    void masksMessagesAndTheirArguments() {
        log.info("the vendor said: {}", "key " + SECRET + " is wrong");

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("INFO  the vendor said: key [redacted] is wrong")
                .doesNotContain(SECRET);
    }

    @Test
    void masksExceptionsAndTheirCauses() {
        log.warn("failed", new IllegalStateException("outer", new IllegalArgumentException("no " + SECRET)));

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("IllegalArgumentException: no [redacted]", "at dev.polyphony.platform.startup")
                .doesNotContain(SECRET);
    }

    @Test
    void leavesOtherLinesAsTheyAre() {
        log.info("polyphony is ready at http://localhost:8080");

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo("INFO  polyphony is ready at http://localhost:8080" + System.lineSeparator());
    }
}
