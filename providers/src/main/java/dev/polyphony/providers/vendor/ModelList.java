package dev.polyphony.providers.vendor;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a vendor tells which models it has.
 *
 * @param request what it is asked
 * @param field the field of the answer in which they stand; some send the array alone
 * @param names under which one of them can be asked
 */
public record ModelList(HttpRequest request, String field, Function<JsonNode, Stream<String>> names) {
    /** What is asked, but for the headers. */
    public static HttpRequest.Builder at(String url) {
        return HttpRequest.builder().method(HttpMethod.GET).url(url);
    }

    /** The names in an answer; empty when it is no list. */
    Optional<Set<String>> in(String answer) {
        try {
            JsonNode json = JsonMapper.shared().readTree(answer);
            JsonNode models = json.isArray() ? json : json.path(field);
            return models.isArray()
                    ? Optional.of(models.valueStream()
                            .flatMap(names)
                            .filter(name -> !name.isBlank())
                            .collect(Collectors.toUnmodifiableSet()))
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
