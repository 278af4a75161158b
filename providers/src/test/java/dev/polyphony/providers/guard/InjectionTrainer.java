package dev.polyphony.providers.guard;

import dev.polyphony.providers.embedded.SentenceEmbeddings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Trains the classifier on the examples beside this class and writes its weights. The same processor gives the same file; another
 * kind may round the quantised sentence model otherwise.
 */
final class InjectionTrainer {
    private static final Path WEIGHTS =
            Path.of("src/main/resources/dev/polyphony/providers/guard/injection-weights.txt");
    private static final int BENIGN_OF_A_TEMPLATE = 24;
    private static final int ATTACKS_OF_A_TEMPLATE = 14;
    /** A window of an attack that the first classifier finds this suspicious is learnt from too. */
    private static final double SUSPICIOUS = 0.8;

    private InjectionTrainer() {}

    /** The windows of one text, and whether the text is an attack. */
    record Example(List<float[]> windows, boolean attack) {}

    /** What is learnt from. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sample(float[] features, int label) {}

    public static void main(String[] arguments) throws IOException {
        List<Example> examples = examples();
        InjectionClassifier first = classifier(train(samples(examples, null)));
        double[] weights = train(samples(examples, first));
        StringBuilder text =
                new StringBuilder("# Written by InjectionTrainer: the weight of each feature, then the bias\n");
        for (double weight : weights) {
            text.append(String.format(Locale.ROOT, "%.4f%n", weight));
        }
        Files.writeString(WEIGHTS, text);
    }

    private static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        Examples.of("benign-train.txt", BENIGN_OF_A_TEMPLATE).forEach(text -> examples.add(example(text, false)));
        Examples.family("carriers.txt", "train", 1).forEach(text -> examples.add(example(text, false)));
        Examples.of("direct-train.txt", ATTACKS_OF_A_TEMPLATE).forEach(text -> examples.add(example(text, true)));
        Examples.of("indirect-train.txt", ATTACKS_OF_A_TEMPLATE).forEach(text -> examples.add(example(text, true)));
        return examples;
    }

    private static Example example(String text, boolean attack) {
        return new Example(WindowFeatures.of(InjectionDetector.windows(text)), attack);
    }

    /**
     * Every window of a harmless text; of an attack the whole, or, once there is a first classifier, the windows that it finds
     * suspicious.
     */
    private static List<Sample> samples(List<Example> examples, @Nullable InjectionClassifier first) {
        List<Sample> samples = new ArrayList<>();
        for (Example example : examples) {
            if (!example.attack()) {
                example.windows().forEach(window -> samples.add(new Sample(window, 0)));
            } else if (first == null) {
                samples.add(new Sample(example.windows().getFirst(), 1));
            } else {
                Comparator<float[]> byScore = Comparator.comparingDouble(first::score);
                double worst =
                        first.score(example.windows().stream().max(byScore).orElseThrow());
                double least = Math.min(worst, SUSPICIOUS);
                example.windows().stream()
                        .filter(window -> first.score(window) >= least)
                        .forEach(window -> samples.add(new Sample(window, 1)));
            }
        }
        return samples;
    }

    private static InjectionClassifier classifier(double[] weights) {
        float[] floats = new float[weights.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) weights[i];
        }
        return new InjectionClassifier(floats);
    }

    private static final int STEPS = 400;
    private static final double RATE = 0.03;
    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    /** The meaning is held to small weights, or it would learn the topics of the examples by heart. */
    private static final double DECAY_OF_MEANING = 0.01;

    private static final double DECAY_OF_CUES = 0.0001;

    /** A logistic regression by Adam, over all samples in each step. */
    private static double[] train(List<Sample> samples) {
        double[] weights = new double[WindowFeatures.COUNT + 1];
        double[] mean = new double[weights.length];
        double[] square = new double[weights.length];
        for (int step = 1; step <= STEPS; step++) {
            double[] gradient = gradient(samples, weights);
            for (int i = 0; i < weights.length; i++) {
                mean[i] = FIRST * mean[i] + (1 - FIRST) * gradient[i];
                square[i] = SECOND * square[i] + (1 - SECOND) * gradient[i] * gradient[i];
                double unbiased = Math.sqrt(square[i] / (1 - Math.pow(SECOND, step)));
                weights[i] -= RATE * mean[i] / (1 - Math.pow(FIRST, step)) / (unbiased + 1e-8);
            }
        }
        return weights;
    }

    private static double[] gradient(List<Sample> samples, double[] weights) {
        int bias = weights.length - 1;
        double[] gradient = new double[weights.length];
        for (int i = 0; i < bias; i++) {
            gradient[i] = (i < SentenceEmbeddings.DIMENSIONS ? DECAY_OF_MEANING : DECAY_OF_CUES) * weights[i];
        }
        double attackWeight = attackWeight(samples);
        for (Sample sample : samples) {
            double sum = weights[bias];
            for (int i = 0; i < bias; i++) {
                sum += weights[i] * sample.features()[i];
            }
            double error = 1 / (1 + Math.exp(-sum)) - sample.label();
            double weighted = error * (sample.label() == 1 ? attackWeight : 1) / samples.size();
            for (int i = 0; i < bias; i++) {
                gradient[i] += weighted * sample.features()[i];
            }
            gradient[bias] += weighted;
        }
        return gradient;
    }

    /** Attacks are fewer than harmless windows; they count up to twice. */
    private static double attackWeight(List<Sample> samples) {
        double attacks = samples.stream().mapToInt(Sample::label).sum();
        return Math.min(2, (samples.size() - attacks) / attacks);
    }
}
