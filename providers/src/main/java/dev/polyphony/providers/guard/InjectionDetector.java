package dev.polyphony.providers.guard;

import dev.polyphony.providers.guard.WindowFeatures.Window;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells how much a text looks like an attempt to instruct a model behind its user's back. It reads every sentence for cues and has
 * the classifier judge a bounded number of them, the most suspicious first.
 */
public final class InjectionDetector {
    /** Reported where the classifier alone found something. */
    static final String RESEMBLANCE = "resembles known injections";

    private static final int MAX_LENGTH = 400_000;
    private static final int MAX_WINDOWS = 24;

    /**
     * How a text was judged.
     *
     * @param score from 0 to 1, that of its most suspicious part
     * @param patterns what stands in that part, as names of cues
     */
    public record Judgement(double score, List<String> patterns) {
        static final Judgement HARMLESS = new Judgement(0, List.of());

        public Judgement {
            patterns = List.copyOf(patterns);
        }
    }

    /** The judgement of a text. Takes about a millisecond for each sentence, at most {@value #MAX_WINDOWS}. */
    public Judgement judge(String text) {
        List<Window> windows = mostSuspicious(windows(text));
        if (windows.isEmpty()) {
            return Judgement.HARMLESS;
        }
        List<float[]> features = WindowFeatures.of(windows);
        double[] scores = features.stream()
                .mapToDouble(InjectionClassifier.stored()::score)
                .toArray();
        int worst = IntStream.range(0, scores.length)
                .boxed()
                .max(Comparator.comparingDouble(i -> scores[i]))
                .orElseThrow();
        return new Judgement(scores[worst], names(windows.get(worst).cues()));
    }

    static List<Window> windows(String text) {
        String bounded = text.length() <= MAX_LENGTH
                ? text
                : text.substring(0, MAX_LENGTH / 2) + "\n" + text.substring(text.length() - MAX_LENGTH / 2);
        String folded = FoldedText.of(bounded);
        List<Window> windows = new ArrayList<>();
        add(folded, false, windows);
        Decodings.of(bounded).forEach(decoded -> add(FoldedText.of(decoded), true, windows));
        for (String changed : Decodings.ciphers(folded)) {
            TextWindows.of(changed).stream()
                    .map(window -> Window.of(window, true))
                    .filter(window -> Cues.isAttack(window.cues()))
                    .forEach(windows::add);
        }
        return windows;
    }

    private static void add(String folded, boolean encoded, List<Window> windows) {
        TextWindows.of(folded).forEach(window -> windows.add(Window.of(window, encoded)));
    }

    /** Those with the most cues; of equal ones the first and the last of the text before the middle. */
    static List<Window> mostSuspicious(List<Window> windows) {
        if (windows.size() <= MAX_WINDOWS) {
            return windows;
        }
        int last = windows.size() - 1;
        return IntStream.rangeClosed(0, last)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(
                                i -> -Cues.weight(windows.get(i).cues()))
                        .thenComparingInt(i -> Math.min(i, last - i)))
                .limit(MAX_WINDOWS)
                .map(windows::get)
                .toList();
    }

    private static List<String> names(BitSet cues) {
        List<String> names = cues.stream()
                .mapToObj(Cues.all()::get)
                .filter(cue -> cue.kind() != Cue.Kind.BENIGN)
                .map(Cue::name)
                .toList();
        return names.isEmpty() ? List.of(RESEMBLANCE) : names;
    }
}
