package dev.polyphony.providers.guard;

import dev.polyphony.providers.embedded.SentenceEmbeddings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A window as the numbers that the classifier reads: what it means, and the cues in it. */
final class WindowFeatures {
    static final int COUNT = SentenceEmbeddings.DIMENSIONS + Cues.all().size() + 1;
    /** Brings the parts of a vector of length one to about the size of the other numbers. */
    private static final float SCALE = (float) Math.sqrt(SentenceEmbeddings.DIMENSIONS);

    private WindowFeatures() {}

    /**
     * @param text folded
     * @param encoded whether it was found in an encoding
     */
    record Window(String text, BitSet cues, boolean encoded) {
        static Window of(String text, boolean encoded) {
            return new Window(text, Cues.in(text), encoded);
        }
    }

    static List<float[]> of(List<Window> windows) {
        List<float[]> vectors =
                SentenceEmbeddings.of(windows.stream().map(Window::text).toList());
        List<float[]> features = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            features.add(features(windows.get(i), vectors.get(i)));
        }
        return features;
    }

    private static float[] features(Window window, float[] vector) {
        float[] features = new float[COUNT];
        for (int i = 0; i < vector.length; i++) {
            features[i] = vector[i] * SCALE;
        }
        window.cues().stream().forEach(cue -> features[vector.length + cue] = 2);
        features[COUNT - 1] = window.encoded() ? 2 : 0;
        return features;
    }
}
