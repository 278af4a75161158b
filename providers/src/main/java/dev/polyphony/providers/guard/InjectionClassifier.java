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
 * A network with one hidden layer: how likely a window is to give a model instructions that are not the caller's to give. The
 * trainer in this module's tests writes its weights.
 */
final class InjectionClassifier {
    private final float[][] hidden;
    private final float[] output;

    /**
     * @param hidden for each unit the weight of each feature, then its bias
     * @param output the weight of each unit, then the bias
     */
    InjectionClassifier(float[][] hidden, float[] output) {
        this.hidden = hidden;
        this.output = output;
    }

    private static final class Stored {
        static final InjectionClassifier CLASSIFIER = load();
    }

    static InjectionClassifier stored() {
        return Stored.CLASSIFIER;
    }

    /** From 0 to 1. */
    double score(float[] features) {
        double sum = output[hidden.length];
        for (int unit = 0; unit < hidden.length; unit++) {
            sum += output[unit] * Math.tanh(activation(hidden[unit], features));
        }
        return 1 / (1 + Math.exp(-sum));
    }

    static double activation(float[] weights, float[] features) {
        double sum = weights[features.length];
        for (int i = 0; i < features.length; i++) {
            sum += weights[i] * features[i];
        }
        return sum;
    }

    private static InjectionClassifier load() {
        String name = "injection-weights.txt";
        InputStream file = Objects.requireNonNull(InjectionClassifier.class.getResourceAsStream(name), name);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            List<float[]> rows = reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(InjectionClassifier::row)
                    .toList();
            return new InjectionClassifier(rows.subList(0, rows.size() - 1).toArray(float[][]::new), rows.getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] row(String line) {
        String[] numbers = line.split(" ", -1);
        float[] row = new float[numbers.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = Float.parseFloat(numbers[i]);
        }
        return row;
    }
}
