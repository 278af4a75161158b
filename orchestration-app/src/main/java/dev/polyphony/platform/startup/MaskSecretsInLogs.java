package dev.polyphony.platform.startup;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Puts a {@link MaskingEncoder} into every appender as soon as Spring has configured them. */
final class MaskSecretsInLogs implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            mask(logs);
        }
    }

    static void mask(LoggerContext logs) {
        logs.getLoggerList()
                .forEach(logger -> logger.iteratorForAppenders().forEachRemaining(appender -> {
                    if (appender instanceof OutputStreamAppender<ILoggingEvent> output) {
                        mask(output);
                    }
                }));
    }

    private static void mask(OutputStreamAppender<ILoggingEvent> output) {
        Encoder<ILoggingEvent> encoder = output.getEncoder();
        if (!(encoder instanceof MaskingEncoder)) {
            MaskingEncoder masking = new MaskingEncoder(encoder);
            masking.setContext(output.getContext());
            masking.start();
            output.setEncoder(masking);
        }
    }
}
