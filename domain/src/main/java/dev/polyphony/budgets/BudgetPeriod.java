package dev.polyphony.budgets;

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

    /** Names the one period of those that never begin anew. */
    public static final String ALL = "all";

    private static final int MONTH_LENGTH = "2026-11".length();

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
            case NONE -> new Window(ALL, null, null);
        };
    }

    /** The period that has a name, as the ledger keeps it. */
    static Window named(String name) {
        if (name.equals(ALL)) {
            return NONE.at(Instant.EPOCH);
        }
        return name.length() == MONTH_LENGTH
                ? MONTH.at(start(YearMonth.parse(name).atDay(1)))
                : DAY.at(start(LocalDate.parse(name)));
    }

    private static Window window(String name, LocalDate first, LocalDate next) {
        return new Window(name, start(first), start(next));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
