package dev.polyphony.shared.secrets;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of private keys, from their header to their end, also in comments and quotes. */
final class KeyBlocks {
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|PuTTY-User-Key-File-");
    private static final String END = "-----END ";
    /** What a line of a key can begin and end with where it is quoted: marks of comments, quotes and joins. */
    private static final Pattern BODY = Pattern.compile(
            "[\\s\"'#/*+>;.-]{0,40}(?:[A-Za-z0-9+/=]{4,200}|[A-Za-z-]{3,30}: .{0,200})?[\\s\"'+,;\\\\rn]{0,20}");

    private KeyBlocks() {}

    static BitSet in(List<String> lines) {
        BitSet marked = new BitSet();
        boolean open = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean begins = BEGIN.matcher(line).find();
            boolean ends = line.contains(END);
            open = begins || (open && (ends || BODY.matcher(line).matches()));
            if (open) {
                marked.set(i);
            }
            open &= !ends;
        }
        return marked;
    }
}
