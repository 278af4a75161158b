package dev.polyphony.providers.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A logistic regression: how likely a window is to give a model instructions that are not the caller's to give. The trainer in this
 * module's tests writes its weights.
 */
final class InjectionClassifier {
    private final float[] weights;

    /** @param weights that of each feature, then the bias */
    InjectionClassifier(float[] weights) {
        this.weights = weights;
    }

    private static final class Stored {
        static final InjectionClassifier CLASSIFIER = load();
    }

    static InjectionClassifier stored() {
        return Stored.CLASSIFIER;
    }

    /** From 0 to 1. */
    double score(float[] features) {
        double sum = weights[features.length];
        for (int i = 0; i < features.length; i++) {
            sum += weights[i] * features[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private static InjectionClassifier load() {
        String name = "injection-weights.txt";
        InputStream file = Objects.requireNonNull(InjectionClassifier.class.getResourceAsStream(name), name);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            List<String> numbers =
                    reader.lines().filter(line -> !line.startsWith("#")).toList();
            float[] weights = new float[numbers.size()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = Float.parseFloat(numbers.get(i));
            }
            return new InjectionClassifier(weights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
