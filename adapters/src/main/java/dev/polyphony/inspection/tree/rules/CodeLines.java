package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.tree.files.TextFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells code from comments and docstrings. Takes the lines of one file in order. */
final class CodeLines {
    private static final List<String> LINE_COMMENTS = List.of("//", "/*", "*", "#", "--", "<!--", ";;", "%");
    private static final List<String> QUOTES = List.of("\"\"\"", "'''");
    private static final int MAX_PREFIX = 12;

    /** How a block of comments or a docstring begins and ends. */
    private record Block(String begin, String end) {}

    private static final Block COMMENT = new Block("/*", "*/");

    private final boolean docstrings;
    private final String type;
    /** What ends the open block; empty outside. */
    private String end = "";

    CodeLines(TextFile file) {
        this.type = file.type();
        this.docstrings = List.of("py", "jl", "ex", "exs").contains(type);
    }

    /** @param text the line without white space around it */
    boolean isCode(String text) {
        if (!end.isEmpty()) {
            end = text.contains(end) ? "" : end;
            return false;
        }
        Block block = opening(text);
        if (block != null) {
            int from = text.indexOf(block.begin()) + block.begin().length();
            end = text.indexOf(block.end(), from) >= 0 ? "" : block.end();
            return false;
        }
        return LINE_COMMENTS.stream().noneMatch(mark -> text.startsWith(mark) && isComment(mark));
    }

    private boolean isComment(String mark) {
        return switch (mark) {
            case "#" -> !List.of("c", "h", "cc", "cpp", "hpp", "cs").contains(type);
            case "%" -> type.equals("erl");
            case ";;" -> type.equals("clj");
            default -> true;
        };
    }

    private @Nullable Block opening(String text) {
        if (text.startsWith("/*")) {
            return COMMENT;
        }
        if (text.startsWith("<!--")) {
            return new Block("<!--", "-->");
        }
        return switch (type) {
            case "lua" -> text.startsWith("--[[") ? new Block("--[[", "]]") : null;
            case "rb" -> text.startsWith("=begin") ? new Block("=begin", "=end") : null;
            case "hs", "elm" -> text.startsWith("{-") ? new Block("{-", "-}") : null;
            case "ml", "fs" -> text.startsWith("(*") ? new Block("(*", "*)") : null;
            case "ps1" -> text.startsWith("<#") ? new Block("<#", "#>") : null;
            default -> docstrings ? docstring(text) : null;
        };
    }

    /** A text in three quotes that begins its line, behind nothing but a prefix: no value that something is given. */
    private static @Nullable Block docstring(String text) {
        for (String quote : QUOTES) {
            int at = text.indexOf(quote);
            if (at >= 0 && at <= MAX_PREFIX && isPrefix(text.substring(0, at))) {
                return new Block(quote, quote);
            }
        }
        return null;
    }

    private static boolean isPrefix(String before) {
        return before.matches("[rRbBuUfF]{0,2}|@(?:module|type)?doc (?:~[sS])?|raw|doc");
    }
}
