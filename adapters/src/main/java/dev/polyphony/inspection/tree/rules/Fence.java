package dev.polyphony.inspection.tree.rules;

/** Tells which lines of a Markdown file lie in a fenced code block, the fences included. Takes the lines in order. */
final class Fence {
    private String open = "";

    boolean covers(String line) {
        String text = line.strip();
        if (!open.isEmpty()) {
            open = text.startsWith(open) ? "" : open;
            return true;
        }
        if (text.startsWith("```")) {
            open = "```";
        } else if (text.startsWith("~~~")) {
            open = "~~~";
        }
        return !open.isEmpty();
    }
}
