package dev.polyphony.platform.openapi;

import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentVisitor;
import com.github.therapi.runtimejavadoc.Link;
import com.github.therapi.runtimejavadoc.Value;

/** Writes a Javadoc comment in Markdown: code between backticks, and an empty line between paragraphs. */
final class Markdown implements CommentVisitor {
    private final StringBuilder text = new StringBuilder();

    private Markdown() {}

    static String of(Comment comment) {
        Markdown markdown = new Markdown();
        comment.visit(markdown);
        return markdown.text
                .toString()
                .strip()
                .replaceAll("\\s+", " ")
                .replaceAll("\\s*<p>\\s*", "\n\n")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    @Override
    public void commentText(String plain) {
        text.append(plain);
    }

    @Override
    public void inlineLink(Link link) {
        text.append(link.getLabel());
    }

    @Override
    public void inlineTag(String name, String content) {
        text.append('`').append(content).append('`');
    }

    @Override
    public void inlineValue(Value value) {
        text.append(value.getReferencedMemberName());
    }
}
