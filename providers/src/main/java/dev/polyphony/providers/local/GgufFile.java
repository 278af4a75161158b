package dev.polyphony.providers.local;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A model in llama.cpp's GGUF format.
 *
 * @param path where it lies
 */
record GgufFile(Path path) {
    private static final int MAGIC = 0x46554747; // "GGUF", little-endian
    private static final int HEADER_BYTES = 1 << 20;
    private static final String CONTEXT_LENGTH = ".context_length";

    /** The file name without its extension. */
    String model() {
        String file = path.getFileName().toString();
        return file.substring(0, Math.max(file.lastIndexOf('.'), 1));
    }

    /** The number of tokens the model was trained to see at once; empty when the file's first MiB does not tell. */
    OptionalLong trainedContext() throws IOException {
        ByteBuffer header = header();
        if (header.remaining() < Integer.BYTES || header.getInt() != MAGIC) {
            throw new IOException(path.getFileName() + " is not a GGUF file");
        }
        try {
            return find(header);
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return OptionalLong.empty();
        }
    }

    private ByteBuffer header() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(path)) {
            for (int read = 0; read >= 0 && header.hasRemaining(); ) {
                read = file.read(header);
            }
        }
        return header.flip();
    }

    private static OptionalLong find(ByteBuffer header) {
        header.getInt(); // format version
        header.getLong(); // number of tensors
        long entries = header.getLong();
        for (long i = 0; i < entries; i++) {
            String key = text(header);
            int type = header.getInt();
            if (key.endsWith(CONTEXT_LENGTH)) {
                return OptionalLong.of(type == Type.UINT64 ? header.getLong() : header.getInt());
            }
            skip(header, type);
        }
        return OptionalLong.empty();
    }

    private static String text(ByteBuffer header) {
        byte[] bytes = new byte[checked(header.getLong(), header)];
        header.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void skip(ByteBuffer header, int type) {
        switch (type) {
            case Type.STRING -> forward(header, header.getLong());
            case Type.ARRAY -> {
                int elements = header.getInt();
                long count = header.getLong();
                for (long i = 0; i < count; i++) {
                    skip(header, elements);
                }
            }
            default -> forward(header, Type.bytes(type));
        }
    }

    private static void forward(ByteBuffer header, long bytes) {
        header.position(header.position() + checked(bytes, header));
    }

    private static int checked(long length, ByteBuffer header) {
        if (length < 0 || length > header.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) length;
    }

    /** GGUF's value types, as far as they differ in size. */
    private static final class Type {
        static final int STRING = 8;
        static final int ARRAY = 9;
        static final int UINT64 = 10;

        static int bytes(int type) {
            return switch (type) {
                case 0, 1, 7 -> 1;
                case 2, 3 -> 2;
                case 4, 5, 6 -> 4;
                case 10, 11, 12 -> 8;
                default -> throw new IllegalArgumentException("GGUF knows no value type " + type);
            };
        }
    }
}
