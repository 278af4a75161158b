package dev.polyphony.providers.embedded;

import dev.langchain4j.data.embedding.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Picks what is relevant and not yet said, by maximal marginal relevance: the next pick is the candidate {@code s} with the
 * greatest {@code λ·sim(s, query) − (1 − λ)·max over picked t of sim(s, t)}, where {@code sim} is the cosine and {@code λ} is
 * 0.7. After J. Carbonell and J. Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and
 * Producing Summaries", SIGIR 1998. Ties go to the earlier candidate, so the same input gives the same picks.
 */
final class MarginalRelevance {
    private static final double LAMBDA = 0.7;

    /** Candidates less than half as relevant as the best one are noise. */
    private static final double NOISE = 0.5;

    private final List<Embedding> candidates;
    private final double[] relevance;
    private final double[] redundancy;
    private final boolean[] done;

    MarginalRelevance(float[] query, List<Embedding> candidates) {
        this.candidates = candidates;
        this.relevance = candidates.stream()
                .mapToDouble(candidate -> cosine(query, candidate.vector()))
                .toArray();
        this.redundancy = new double[candidates.size()];
        this.done = new boolean[candidates.size()];
        double best = Arrays.stream(relevance).max().orElse(0);
        for (int i = 0; i < done.length; i++) {
            done[i] = relevance[i] < Math.min(best, best * NOISE);
        }
    }

    /**
     * The best candidates' positions, best first.
     *
     * @param most how many at most
     * @param fits asked once for each candidate about to be picked; what does not fit is passed over
     */
    List<Integer> pick(int most, IntPredicate fits) {
        List<Integer> picked = new ArrayList<>();
        for (int next = next(); next >= 0 && picked.size() < most; next = next()) {
            done[next] = true;
            if (fits.test(next)) {
                picked.add(next);
                learn(next);
            }
        }
        return picked;
    }

    private int next() {
        int best = -1;
        for (int i = 0; i < done.length; i++) {
            if (!done[i] && (best < 0 || score(i) > score(best))) {
                best = i;
            }
        }
        return best;
    }

    private double score(int candidate) {
        return LAMBDA * relevance[candidate] - (1 - LAMBDA) * redundancy[candidate];
    }

    private void learn(int picked) {
        for (int i = 0; i < redundancy.length; i++) {
            double likeness =
                    cosine(candidates.get(i).vector(), candidates.get(picked).vector());
            redundancy[i] = Math.max(redundancy[i], likeness);
        }
    }

    /** Of vectors of length one. */
    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * (double) b[i];
        }
        return sum;
    }
}
