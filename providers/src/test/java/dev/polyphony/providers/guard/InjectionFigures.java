package dev.polyphony.providers.guard;

import java.util.ArrayList;
import java.util.List;

final class InjectionFigures {
    private InjectionFigures() {}
    static double score(InjectionClassifier c, String text) {
        return WindowFeatures.of(InjectionDetector.windows(text)).stream().mapToDouble(c::score).max().orElse(0);
    }
    static String of(InjectionClassifier c) {
        StringBuilder out = new StringBuilder();
        List<String> benign = new ArrayList<>(Examples.of("benign-test.txt", 6));
        List<String> carriers = Examples.family("carriers.txt", "test", 1);
        benign.addAll(carriers);
        List<String> direct = Examples.of("direct-test.txt", 6);
        List<String> payloads = Examples.of("indirect-test.txt", 6);
        List<String> indirect = new ArrayList<>();
        for (int i = 0; i < payloads.size(); i++) {
            String carrier = carriers.get(i % carriers.size());
            int cut = carrier.indexOf(". ") + 2;
            indirect.add(i % 2 == 0 ? carrier + "\n" + payloads.get(i) : carrier.substring(0, cut) + payloads.get(i) + " " + carrier.substring(cut));
        }
        double[] b = scores(c, benign), d = scores(c, direct), in = scores(c, indirect);
        for (double t : new double[] {0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99}) {
            out.append(String.format("%.2f fp %.3f direct %.3f indirect %.3f%n", t, share(b, t), share(d, t), share(in, t)));
        }
        for (int i = 0; i < b.length; i++) if (b[i] > 0.3) out.append(String.format("FP %.2f %s%n", b[i], benign.get(i)));
        for (int i = 0; i < d.length; i++) if (d[i] < 0.8) out.append(String.format("D  %.2f %s%n", d[i], direct.get(i)));
        for (int i = 0; i < in.length; i++) if (in[i] < 0.8) out.append(String.format("I  %.2f %s%n", in[i], payloads.get(i)));
        return out.toString();
    }
    static double share(double[] s, double t) { int n = 0; for (double x : s) n += x >= t ? 1 : 0; return (double) n / s.length; }
    static double[] scores(InjectionClassifier c, List<String> texts) { return texts.stream().mapToDouble(t -> score(c, t)).toArray(); }
}
