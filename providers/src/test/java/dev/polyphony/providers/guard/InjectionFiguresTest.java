package dev.polyphony.providers.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The weights that are stored, on texts of families that the regression was not trained on. */
class InjectionFiguresTest {
    private static final double THRESHOLD = 0.97;
    private static final double UNTRUSTED_THRESHOLD = 0.4;

    @Test
    void areThoseOfTheDocumentation() {
        InjectionDetector detector = new InjectionDetector();

        InjectionFigures figures =
                InjectionFigures.of(text -> detector.judge(text).score());

        String table = figures.table(THRESHOLD, UNTRUSTED_THRESHOLD);
        assertThat(InjectionFigures.share(figures.benign(), THRESHOLD))
                .as(table)
                .isLessThanOrEqualTo(0.01);
        assertThat(InjectionFigures.share(figures.direct(), THRESHOLD))
                .as(table)
                .isGreaterThanOrEqualTo(0.45);
        assertThat(InjectionFigures.share(figures.indirect(), UNTRUSTED_THRESHOLD))
                .as(table)
                .isGreaterThanOrEqualTo(0.9);
    }
}
