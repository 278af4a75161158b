package dev.polyphony.platform.startup;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.polyphony.shared.secrets.SecretDetector;
import java.nio.charset.StandardCharsets;

/** Masks secrets in what is logged, the messages and traces of exceptions too, whatever the format is. */
final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
    private static final SecretDetector SECRETS = SecretDetector.standard();

    private final Encoder<ILoggingEvent> encoder;

    MaskingEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
        String masked = line.startsWith("{") ? SECRETS.maskedJson(line) : SECRETS.masked(line);
        return masked.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] headerBytes() {
        return encoder.headerBytes();
    }

    @Override
    public byte[] footerBytes() {
        return encoder.footerBytes();
    }

    @Override
    public void stop() {
        encoder.stop();
        super.stop();
    }
}
