package dev.polyphony.providers.guard;
import java.nio.file.*; import java.util.*;
final class Eval {
    public static void main(String[] a) throws Exception {
        boolean show = a.length > 0 && a[0].equals("show");
        InjectionClassifier c = InjectionClassifier.stored();
        for (String f : Arrays.copyOfRange(a, show ? 1 : 0, a.length)) {
            List<double[]> r = new ArrayList<>(); List<String> ts = new ArrayList<>();
            long t0 = System.nanoTime();
            InjectionDetector d = new InjectionDetector();
            for (String l : Files.readAllLines(Path.of(f))) { String t = l.substring(2).replace("\\n", "\n"); if (t.isBlank()) continue; r.add(new double[]{l.charAt(0) - '0', d.judge(t).score()}); ts.add(t);}
            double ms = (System.nanoTime() - t0) / 1e6 / r.size();
            StringBuilder o = new StringBuilder(Path.of(f).getFileName() + String.format(" %.1fms", ms));
            for (double t : new double[]{0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99}) {
                double fp = 0, n = 0, tp = 0, p = 0;
                for (double[] x : r) { if (x[0] == 1) { p++; if (x[1] >= t) tp++; } else { n++; if (x[1] >= t) fp++; } }
                o.append(String.format(" | %.2f fp %.3f tp %.3f", t, n == 0 ? 0 : fp / n, p == 0 ? 0 : tp / p));
            }
            System.out.println(o);
            if (show) for (int i = 0; i < r.size(); i++) { double[] x = r.get(i); if (x[0] == 0 && x[1] > 0.8) System.out.printf("  FP %.2f %s %s%n", x[1], d.judge(ts.get(i)).patterns(), ts.get(i).substring(0, Math.min(200, ts.get(i).length())).replace("\n", "/"));
              if (x[0] == 1 && x[1] < 0.8 && i % 5 == 0) System.out.printf("  FN %.2f %s%n", x[1], ts.get(i).substring(0, Math.min(200, ts.get(i).length())).replace("\n", "/")); }
        }
    }
}
