package dev.polyphony.eventstore.log;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The outcome of one append, as its process recorded it.
 *
 * @param number the position of its last event when it was stored, the sequence that was lost when it was taken
 */
record RecordedAppend(String outcome, long number, List<String> eventIds, String aggregateId) {
    static RecordedAppend parse(String line) {
        String[] words = line.split(" ", 4);
        return new RecordedAppend(words[0], Long.parseLong(words[1]), List.of(words[2].split(",")), words[3]);
    }

    boolean isStored() {
        return outcome.equals("stored");
    }

    /**
     * Whether the table agrees.
     *
     * @param positions of every stored event, by its id
     * @param places of every stored event, as aggregate and sequence
     */
    boolean agreesWith(Map<String, Long> positions, Predicate<String> places) {
        long first = number - eventIds.size() + 1;
        boolean none = eventIds.stream().noneMatch(positions::containsKey);
        return switch (outcome) {
            case "stored" -> liesFrom(first, positions);
            case "taken" -> none && places.test(aggregateId + "/" + number);
            case "nothing" -> none;
            case "unknown" -> none || positions.keySet().containsAll(eventIds);
            default -> false;
        };
    }

    private boolean liesFrom(long first, Map<String, Long> positions) {
        for (int i = 0; i < eventIds.size(); i++) {
            Long position = positions.get(eventIds.get(i));
            if (position == null || position != first + i) {
                return false;
            }
        }
        return true;
    }
}
