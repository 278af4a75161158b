package dev.polyphony.providers.structured;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A schema that replies are checked against. It may come from a stranger: nothing is fetched for it, and it cannot hang. */
final class SchemaCheck {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int MAX_FAULTS = 5;
    private static final int MAX_FAULT_LENGTH = 300;
    private static final String FENCE = "```";
    private static final Pattern FENCES_LINE = Pattern.compile(FENCE + "[a-zA-Z]*\\s*");

    /** Only what the library brings along: the specifications themselves. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.fetchRemoteResources(false)
                            .allow(iri -> iri.toString().contains("://json-schema.org/")))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .locale(Locale.ENGLISH)
                            .regularExpressionFactory(BoundedPattern::of)
                            .build()));

    private final Schema schema;

    private SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    /** @throws dev.polyphony.providers.ProviderFailure when the schema is none */
    static SchemaCheck of(ReplyFormat.Json format) {
        try {
            JsonNode json = JSON.readTree(format.schema());
            if (!json.isObject()) {
                throw ProviderProblem.PROVIDER_REQUEST_INVALID.because(
                        "the schema '%s' is not a JSON object".formatted(format.name()));
            }
            Schema schema = REGISTRY.getSchema(json);
            schema.initializeValidators();
            return new SchemaCheck(schema);
        } catch (JacksonException e) {
            throw ProviderProblem.PROVIDER_REQUEST_INVALID.because(
                    "the schema '%s' is not JSON: %s".formatted(format.name(), e.getOriginalMessage()));
        } catch (SchemaException | IllegalArgumentException e) {
            throw ProviderProblem.PROVIDER_REQUEST_INVALID.because("the schema '%s' cannot be used: %s"
                    .formatted(format.name(), excerpt(String.valueOf(e.getMessage()))));
        } catch (StackOverflowError _) {
            throw ProviderProblem.PROVIDER_REQUEST_INVALID.because(
                    "the schema '%s' refers to itself without end".formatted(format.name()));
        }
    }

    /** What is wrong with a reply, for a reader who wrote it; empty when nothing is. */
    Optional<String> faultOf(ModelReply reply) {
        if (!reply.calls().isEmpty()) {
            return Optional.empty();
        }
        String end = reply.finishReason() == FinishReason.LENGTH ? " (it was cut at the limit on tokens)" : "";
        try {
            List<com.networknt.schema.Error> errors = schema.validate(JSON.readTree(bare(reply.text())));
            return errors.isEmpty() ? Optional.empty() : Optional.of(told(errors) + end);
        } catch (JacksonException e) {
            return Optional.of("it is not JSON: " + excerpt(String.valueOf(e.getOriginalMessage())) + end);
        } catch (SchemaException | IllegalArgumentException e) {
            return Optional.of("it could not be checked: " + excerpt(String.valueOf(e.getMessage())));
        } catch (StackOverflowError _) {
            return Optional.of("it or the schema is nested too deeply");
        }
    }

    /** The reply without a code fence around its JSON. */
    ModelReply bare(ModelReply reply) {
        return reply.calls().isEmpty() ? reply.withText(bare(reply.text())) : reply;
    }

    private static String bare(String text) {
        String stripped = text.strip();
        int from = stripped.indexOf('\n');
        int to = stripped.lastIndexOf('\n');
        boolean fenced = from >= 0
                && from < to
                && stripped.substring(to).strip().equals(FENCE)
                && FENCES_LINE.matcher(stripped.substring(0, from)).matches();
        return fenced ? stripped.substring(from, to).strip() : text;
    }

    private static String told(List<com.networknt.schema.Error> errors) {
        String first = errors.stream()
                .limit(MAX_FAULTS)
                .map(error -> excerpt(error.toString()))
                .collect(Collectors.joining("; "));
        return errors.size() > MAX_FAULTS ? first + "; and %d more".formatted(errors.size() - MAX_FAULTS) : first;
    }

    private static String excerpt(String text) {
        return text.length() <= MAX_FAULT_LENGTH ? text : text.substring(0, MAX_FAULT_LENGTH) + " …";
    }
}
