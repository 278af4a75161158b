package dev.polyphony.providers.guard;

import dev.polyphony.providers.guard.InjectionDetector.Judgement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Judges each text once: a conversation is sent again whole with every message. Keeps digests of the last texts, not the texts. */
final class RememberedJudgements {
    private static final int MAX_KEPT = 8_192;

    private final InjectionDetector detector;
    private final Map<String, Judgement> kept = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Judgement> eldest) {
            return size() > MAX_KEPT;
        }
    });

    RememberedJudgements(InjectionDetector detector) {
        this.detector = detector;
    }

    Judgement judge(String text) {
        if (text.isBlank()) {
            return Judgement.HARMLESS;
        }
        String digest = digest(text);
        Judgement known = kept.get(digest);
        if (known != null) {
            return known;
        }
        Judgement judgement = detector.judge(text);
        kept.put(digest, judgement);
        return judgement;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
