package dev.polyphony.providers.guard;

import dev.polyphony.providers.guard.WindowFeatures.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Trains the classifier on the examples beside this class and writes its weights. The same processor gives the same file; another
 * kind may round the quantised sentence model otherwise.
 */
final class InjectionTrainer {
    static final Path WEIGHTS =
            Path.of("src/main/resources/dev/polyphony/providers/guard/injection-weights.txt");

    private static final int TEXTS_OF_A_TEMPLATE = 10;
    private static final int BENIGN_OF_A_TEMPLATE = 14;

    private InjectionTrainer() {}

    /** The windows of one text, and whether the text is an attack. */
    record Example(List<float[]> windows, boolean attack) {}

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        List<Example> examples = examples();
        Network network = new Network(WindowFeatures.COUNT, 17);
        network.train(windows(examples, null));
        network.train(windows(examples, network.classifier()));
        Files.writeString(WEIGHTS, network.text());
    }

    static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        Examples.of("benign-train.txt", BENIGN_OF_A_TEMPLATE).forEach(text -> examples.add(example(text, false)));
        Examples.family("carriers.txt", "train", 1).forEach(text -> examples.add(example(text, false)));
        Examples.of("direct-train.txt", TEXTS_OF_A_TEMPLATE).forEach(text -> examples.add(example(text, true)));
        Examples.of("indirect-train.txt", TEXTS_OF_A_TEMPLATE).forEach(text -> examples.add(example(text, true)));
        return examples;
    }

    private static Example example(String text, boolean attack) {
        List<Window> windows = InjectionDetector.windows(text);
        return new Example(WindowFeatures.of(windows), attack);
    }

    /**
     * What the network learns from: every window of a harmless text; of an attack the whole, or, once there is a first network,
     * each window that it finds suspicious.
     */
    private static List<Sample> windows(List<Example> examples, InjectionClassifier first) {
        List<Sample> samples = new ArrayList<>();
        for (Example example : examples) {
            if (!example.attack()) {
                example.windows().forEach(window -> samples.add(new Sample(window, 0)));
            } else if (first == null) {
                samples.add(new Sample(example.windows().getFirst(), 1));
            } else {
                Comparator<float[]> byScore = Comparator.comparingDouble(first::score);
                float[] worst = example.windows().stream().max(byScore).orElseThrow();
                example.windows().stream()
                        .filter(window -> window == worst || first.score(window) > 0.8)
                        .forEach(window -> samples.add(new Sample(window, 1)));
            }
        }
        return samples;
    }

    record Sample(float[] features, int label) {}

    /** A network in training, by Adam with weight decay. */
    static final class Network {
        private static final int UNITS = 16;
        private static final int EPOCHS = 60;
        private static final int BATCH = 64;
        private static final double RATE = 0.002;
        private static final double DECAY = 0.001;
        /** The share of a sample's numbers that are hidden from the network each time, so that it relies on none alone. */
        private static final double DROPPED = 0.3;
        /** What the network shall say of a sample is this much less sure than its label. */
        private static final double DOUBT = 0.02;
        private static final double MAX_WEIGHT = 2;
        private static final double FIRST = 0.9;
        private static final double SECOND = 0.999;

        private final Random random;
        private final float[][] weights = new float[UNITS + 1][];
        private final float[][] mean = new float[UNITS + 1][];
        private final float[][] square = new float[UNITS + 1][];
        private int steps;

        Network(int features, long seed) {
            random = new Random(seed);
            for (int unit = 0; unit <= UNITS; unit++) {
                int length = (unit == UNITS ? UNITS : features) + 1;
                weights[unit] = new float[length];
                mean[unit] = new float[length];
                square[unit] = new float[length];
                for (int i = 0; i < length - 1; i++) {
                    weights[unit][i] = (float) (random.nextGaussian() / Math.sqrt(length));
                }
            }
        }

        void train(List<Sample> samples) {
            double attacks = samples.stream().mapToInt(Sample::label).sum();
            double weight = (samples.size() - attacks) / attacks;
            List<Sample> order = new ArrayList<>(samples);
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                Collections.shuffle(order, random);
                for (int at = 0; at < order.size(); at += BATCH) {
                    batch(order.subList(at, Math.min(order.size(), at + BATCH)), Math.min(MAX_WEIGHT, weight));
                }
            }
        }

        private void batch(List<Sample> samples, double weight) {
            float[][] gradient = new float[UNITS + 1][];
            for (int unit = 0; unit <= UNITS; unit++) {
                gradient[unit] = new float[weights[unit].length];
            }
            for (Sample sample : samples) {
                gradient(sample, (sample.label() == 1 ? weight : 1) / samples.size(), gradient);
            }
            steps++;
            for (int unit = 0; unit <= UNITS; unit++) {
                step(unit, gradient[unit]);
            }
        }

        private void gradient(Sample sample, double weight, float[][] gradient) {
            float[] features = withSomeDropped(sample.features());
            double[] units = new double[UNITS];
            double sum = weights[UNITS][UNITS];
            for (int unit = 0; unit < UNITS; unit++) {
                units[unit] = Math.tanh(InjectionClassifier.activation(weights[unit], features));
                sum += weights[UNITS][unit] * units[unit];
            }
            double label = sample.label() * (1 - 2 * DOUBT) + DOUBT;
            double error = (1 / (1 + Math.exp(-sum)) - label) * weight;
            for (int unit = 0; unit < UNITS; unit++) {
                gradient[UNITS][unit] += (float) (error * units[unit]);
                double back = error * weights[UNITS][unit] * (1 - units[unit] * units[unit]);
                float[] row = gradient[unit];
                for (int i = 0; i < features.length; i++) {
                    row[i] += (float) (back * features[i]);
                }
                row[row.length - 1] += (float) back;
            }
            gradient[UNITS][UNITS] += (float) error;
        }

        private float[] withSomeDropped(float[] features) {
            float[] some = new float[features.length];
            for (int i = 0; i < some.length; i++) {
                some[i] = random.nextDouble() < DROPPED ? 0 : (float) (features[i] / (1 - DROPPED));
            }
            return some;
        }

        /** The weights decay with the gradient, not beside it: what is seldom used keeps little. */
        private void step(int unit, float[] gradient) {
            for (int i = 0; i < gradient.length - 1; i++) {
                gradient[i] += (float) (DECAY * weights[unit][i]);
            }
            double firstBias = 1 - Math.pow(FIRST, steps);
            double secondBias = 1 - Math.pow(SECOND, steps);
            for (int i = 0; i < gradient.length; i++) {
                mean[unit][i] = (float) (FIRST * mean[unit][i] + (1 - FIRST) * gradient[i]);
                square[unit][i] = (float) (SECOND * square[unit][i] + (1 - SECOND) * gradient[i] * gradient[i]);
                double change = mean[unit][i] / firstBias / (Math.sqrt(square[unit][i] / secondBias) + 1e-8);
                weights[unit][i] -= (float) (RATE * change);
            }
        }

        InjectionClassifier classifier() {
            float[][] hidden = new float[UNITS][];
            System.arraycopy(weights, 0, hidden, 0, UNITS);
            return new InjectionClassifier(hidden, weights[UNITS]);
        }

        String text() {
            StringBuilder text = new StringBuilder("# Written by InjectionTrainer: a row for each hidden unit, then the output\n");
            for (float[] row : weights) {
                for (int i = 0; i < row.length; i++) {
                    text.append(i == 0 ? "" : " ").append(String.format("%.4f", row[i]));
                }
                text.append('\n');
            }
            return text.toString();
        }
    }
}
