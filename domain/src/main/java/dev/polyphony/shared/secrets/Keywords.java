package dev.polyphony.shared.secrets;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Tells in one pass over a text which of many words are in it, whatever their case (Aho and Corasick's automaton). */
final class Keywords {
    private static final int ASCII = 128;

    private final List<int[]> next = new ArrayList<>();
    private final List<BitSet> met = new ArrayList<>();

    /** @param groups words in lower-case ASCII; a group is met when one of its words is */
    Keywords(List<List<String>> groups) {
        state();
        for (int group = 0; group < groups.size(); group++) {
            for (String word : groups.get(group)) {
                add(word, group);
            }
        }
        link();
    }

    BitSet in(String text) {
        BitSet found = new BitSet();
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = follow(state, text.charAt(i));
            if (!met.get(state).isEmpty()) {
                found.or(met.get(state));
            }
        }
        return found;
    }

    private int follow(int state, char c) {
        if (c >= ASCII) {
            return 0;
        }
        return next.get(state)[c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c];
    }

    private int state() {
        int[] edges = new int[ASCII];
        Arrays.fill(edges, -1);
        next.add(edges);
        met.add(new BitSet());
        return next.size() - 1;
    }

    private void add(String word, int group) {
        int state = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (next.get(state)[c] < 0) {
                next.get(state)[c] = state();
            }
            state = next.get(state)[c];
        }
        met.get(state).set(group);
    }

    /** Breadth first: where a word breaks off, the longest of its ends that begins another word goes on. */
    private void link() {
        int[] ends = new int[next.size()];
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int state = open.removeFirst();
            met.get(state).or(met.get(ends[state]));
            int[] edges = next.get(state);
            for (int c = 0; c < ASCII; c++) {
                int end = state == 0 ? 0 : next.get(ends[state])[c];
                if (edges[c] < 0) {
                    edges[c] = end;
                } else {
                    ends[edges[c]] = end;
                    open.addLast(edges[c]);
                }
            }
        }
    }
}
