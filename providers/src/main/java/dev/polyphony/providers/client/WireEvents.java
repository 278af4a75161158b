package dev.polyphony.providers.client;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.regex.Pattern;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The events of an answer, in whatever form it came: server-sent events, lines of JSON, a list of objects or a single one. Lines end
 * in LF, CR or both; byte-order marks and comments are left out; events need no empty line between them.
 */
final class WireEvents {
    private static final ByteString LINE_ENDS = ByteString.encodeUtf8("\r\n");
    private static final Pattern JSON = Pattern.compile("\\s*[\\[\\]{,].*", Pattern.DOTALL);

    private final BufferedSource source;
    private final JsonValues values = new JsonValues();
    private final Queue<Event> ready = new ArrayDeque<>();
    private boolean afterReturn;
    private boolean over;
    private String name = "";
    private @Nullable String data;
    private JsonValues begun = new JsonValues();

    /**
     * One event.
     *
     * @param name empty where it has none
     * @param data without what stands around it
     */
    record Event(String name, String data) {}

    WireEvents(BufferedSource source) {
        this.source = source;
    }

    /** Waits for the next one; null when there are no more. */
    @Nullable
    Event next() throws IOException {
        while (ready.isEmpty() && !over) {
            String line = line();
            if (line == null) {
                end();
            } else {
                take(withoutMark(line));
            }
        }
        return ready.poll();
    }

    private @Nullable String line() throws IOException {
        if (afterReturn && !source.exhausted() && source.getBuffer().getByte(0) == '\n') {
            source.skip(1);
        }
        afterReturn = false;
        long length = source.indexOfElement(LINE_ENDS);
        if (length < 0) {
            return source.exhausted() ? null : source.readUtf8();
        }
        String line = source.readUtf8(length);
        afterReturn = source.readByte() == '\r';
        return line;
    }

    private void end() {
        over = true;
        if (values.isOpen()) {
            ready.add(new Event("", values.open()));
        }
        dispatch();
    }

    private void take(String line) {
        boolean isJson = values.isOpen() || JSON.matcher(line).matches();
        if (isJson && !begun.isOpen()) {
            dispatch();
            values.take(line).forEach(value -> ready.add(new Event("", value)));
        } else if (line.isBlank()) {
            dispatch();
        } else {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            takeField(field.strip(), withoutMark(value.strip()));
        }
    }

    private void takeField(String field, String value) {
        if (field.equals("event")) {
            dispatchComplete();
            name = value;
        } else if (field.equals("data")) {
            dispatchComplete();
            data = data == null ? value : data + "\n" + value;
            begun.take(value);
        }
    }

    /** Only JSON that is not complete goes on in the next line. */
    private void dispatchComplete() {
        if (data != null && !begun.isOpen()) {
            dispatch();
        }
    }

    private void dispatch() {
        if (data != null) {
            ready.add(new Event(name, data.strip()));
        }
        data = null;
        begun = new JsonValues();
        name = "";
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1).strip() : text;
    }
}
