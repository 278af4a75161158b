package dev.polyphony.conversations.openai;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.polyphony.providers.Embeddings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Vectors, one for each text.
 *
 * @param object {@code list}
 * @param data in the order of the texts
 * @param model the name under which the caller asked
 * @param usage how many tokens were read
 */
@Schema(name = "EmbeddingList")
record EmbeddingReply(String object, List<Vector> data, String model, Usage usage) {
    /**
     * The vector of one text.
     *
     * @param object {@code embedding}
     * @param index the text's place in the request, from 0
     * @param embedding an array of numbers, or a base64 text of its 32-bit floats, the lowest byte first
     */
    @Schema(name = "Embedding")
    record Vector(String object, int index, Numbers embedding) {}

    /**
     * How many tokens were read.
     *
     * @param promptTokens tokens read; null where the provider does not count
     * @param totalTokens the same
     */
    @Schema(name = "EmbeddingUsage")
    record Usage(@Nullable Integer promptTokens, @Nullable Integer totalTokens) {}

    /** A vector as a list, or as base64 of its 32-bit floats, the lowest byte first. */
    @Schema(
            name = "EmbeddingNumbers",
            description = "A vector as an array of numbers, or as base64 of its 32-bit floats, the lowest byte first.",
            oneOf = {float[].class, String.class})
    sealed interface Numbers {
        record Plain(@JsonValue List<Float> values) implements Numbers {}

        record Packed(@JsonValue String base64) implements Numbers {}

        static Numbers of(float[] vector, boolean asBase64) {
            if (!asBase64) {
                return new Plain(IntStream.range(0, vector.length)
                        .mapToObj(i -> vector[i])
                        .toList());
            }
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            return new Packed(Base64.getEncoder().encodeToString(bytes.array()));
        }
    }

    static EmbeddingReply of(String model, Embeddings embeddings, boolean asBase64) {
        List<Vector> data = IntStream.range(0, embeddings.vectors().size())
                .mapToObj(i -> new Vector(
                        "embedding", i, Numbers.of(embeddings.vectors().get(i), asBase64)))
                .toList();
        return new EmbeddingReply("list", data, model, new Usage(embeddings.tokens(), embeddings.tokens()));
    }
}
