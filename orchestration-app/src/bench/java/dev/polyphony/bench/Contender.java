package dev.polyphony.bench;

import java.util.Map;

/**
 * Who is asked.
 *
 * @param model how it calls the vendor's model
 */
record Contender(int port, String path, Map<String, String> headers, String model) {}
