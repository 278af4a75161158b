package dev.polyphony.providers.budgets;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** After what time a budget begins anew, by the calendar in UTC. */
public enum BudgetPeriod {
    DAY,
    MONTH,
    /** Never. */
    NONE;

    /**
     * One period.
     *
     * @param name such as {@code 2026-11-25}, {@code 2026-11} or {@code all}
     * @param start null when the period is all of time
     * @param end when the next one begins; null when none does
     */
    public record Window(
            String name, @Nullable Instant start, @Nullable Instant end) {}

    /** Empty when there is no such period. */
    public static Optional<BudgetPeriod> of(String word) {
        return Arrays.stream(values())
                .filter(period -> period.word().equals(word))
                .findFirst();
    }

    /** All of them, for those who named none. */
    public static String words() {
        return Arrays.stream(values()).map(BudgetPeriod::word).collect(Collectors.joining(", "));
    }

    /** As it stands in configuration and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The period that a moment is in. */
    public Window at(Instant moment) {
        LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        return switch (this) {
            case DAY -> window(day.toString(), day, day.plusDays(1));
            case MONTH -> {
                YearMonth month = YearMonth.from(day);
                yield window(
                        month.toString(), month.atDay(1), month.plusMonths(1).atDay(1));
            }
            case NONE -> new Window("all", null, null);
        };
    }

    private static Window window(String name, LocalDate first, LocalDate next) {
        return new Window(
                name,
                first.atStartOfDay(ZoneOffset.UTC).toInstant(),
                next.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
