package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.tree.files.SourceTree;
import dev.polyphony.inspection.tree.files.TextFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Relative links in Markdown that lead to nothing. Links out of the source and to other servers are not judged. */
final class BrokenLinks implements FileRule {
    private final SourceTree tree;

    BrokenLinks(SourceTree tree) {
        this.tree = tree;
    }

    @Override
    public void look(TextFile file, FindingCollector sightings) {
        if (!file.isMarkdown()) {
            return;
        }
        Fence fence = new Fence();
        for (int i = 0; i < file.lines().size(); i++) {
            String line = file.lines().get(i);
            if (!fence.covers(line)) {
                int number = i + 1;
                MarkdownLinks.in(line).forEach(link -> judge(file, number, link, sightings));
            }
        }
    }

    private void judge(TextFile file, int number, String link, FindingCollector sightings) {
        Optional<String> target = resolve(file.path(), link).filter(path -> !path.isEmpty());
        if (target.isPresent() && !tree.has(target.get())) {
            sightings.add(new RuleMatch(
                    Rule.BROKEN_LINK,
                    file.path(),
                    number,
                    0,
                    file.path() + " line " + number + " links to " + link + ", and there is no " + target.get() + ".",
                    "Correct or remove the link to " + link + " in line " + number + " of " + file.path() + "."));
        }
    }

    /** Empty when the link leaves the source. A link that starts with a slash starts at the top. */
    private static Optional<String> resolve(String file, String link) {
        Deque<String> path = new ArrayDeque<>();
        String base = link.startsWith("/") ? "" : file.substring(0, file.lastIndexOf('/') + 1);
        for (String name : (base + link).split("/", -1)) {
            boolean up = name.equals("..");
            if (up && path.pollLast() == null) {
                return Optional.empty();
            }
            if (!up && !name.isEmpty() && !name.equals(".")) {
                path.addLast(name);
            }
        }
        return Optional.of(String.join("/", path));
    }
}
