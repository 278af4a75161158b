package dev.polyphony.providers.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Headers of model files. */
final class GgufFiles {
    private static final int UINT32 = 4;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private GgufFiles() {}

    /** The header of a model that was trained on so many tokens; behind an array and a string, as real files have it. */
    static Path header(Path file, int contextLength) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(1_000).order(ByteOrder.LITTLE_ENDIAN);
        header.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(0)
                .putLong(3);
        text(header, "general.architecture").putInt(STRING);
        text(header, "llama");
        text(header, "general.tags").putInt(ARRAY).putInt(STRING).putLong(2);
        text(header, "a");
        text(header, "bc");
        text(header, "llama.context_length").putInt(UINT32).putInt(contextLength);
        byte[] bytes = new byte[header.flip().remaining()];
        header.get(bytes);
        return Files.write(file, bytes);
    }

    private static ByteBuffer text(ByteBuffer header, String text) {
        return header.putLong(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }
}
