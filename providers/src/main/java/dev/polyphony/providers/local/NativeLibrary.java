package dev.polyphony.providers.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where llama.cpp's library is unpacked. Left alone it goes to a name in the shared temporary directory that anybody can
 * guess, and every other file there whose name begins with "llama" is deleted.
 */
final class NativeLibrary {
    private static final String SETTING = "de.kherud.llama.tmpdir";

    private NativeLibrary() {}

    static synchronized void prepare() {
        if (System.getProperty(SETTING) != null) {
            return;
        }
        try {
            Path own = Files.createTempDirectory("polyphony-native-");
            own.toFile().deleteOnExit();
            System.setProperty(SETTING, own.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for llama.cpp's library", e);
        }
    }
}
