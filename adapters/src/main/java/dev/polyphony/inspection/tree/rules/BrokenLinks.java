package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.tree.files.PathIndex;
import dev.polyphony.inspection.tree.files.TextFile;
import dev.polyphony.shared.secrets.SecretDetector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Relative links in Markdown that lead to nothing. Links out of the source and to other servers are not judged, nor those
 * beyond the first {@value #MAX_PER_FILE} different ones of a file. They are judged once all paths are known.
 */
final class BrokenLinks implements FileRule {
    static final int MAX_PER_FILE = 1_000;
    private static final int MAX_JUDGED = 50_000;

    private final PathIndex paths;
    private final List<Link> links = new ArrayList<>();

    private record Link(String file, int line, String written, String target) {}

    BrokenLinks(PathIndex paths) {
        this.paths = paths;
    }

    @Override
    public void look(TextFile file, FindingCollector sightings) {
        if (!file.isMarkdown() || file.path().contains(SecretDetector.REDACTED)) {
            return; // where a redacted file lies is not known any more
        }
        Fence fence = new Fence();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < file.lines().size() && seen.size() < MAX_PER_FILE; i++) {
            sightings.step();
            String line = file.lines().get(i);
            if (!fence.covers(line)) {
                note(file.path(), i + 1, line, seen, sightings);
            }
        }
    }

    private void note(String file, int number, String line, Set<String> seen, FindingCollector sightings) {
        for (String link : MarkdownLinks.in(line, MAX_PER_FILE)) {
            sightings.step();
            Optional<String> target = resolve(file, link).filter(path -> !path.isEmpty());
            boolean wanted = seen.size() < MAX_PER_FILE && links.size() < MAX_JUDGED;
            if (wanted && target.isPresent() && seen.add(number + " " + target.get())) {
                links.add(new Link(file, number, link, target.get()));
            }
        }
    }

    @Override
    public void finish(FindingCollector sightings) {
        for (Link link : links) {
            sightings.step();
            if (!paths.has(link.target())) {
                sightings.add(broken(link));
            }
        }
    }

    private static RuleMatch broken(Link link) {
        String place = link.file() + " line " + link.line();
        if (SecretLines.mayBeIn(link.written()) || SecretLines.mayBeIn(link.target())) {
            return new RuleMatch(
                    Rule.BROKEN_LINK,
                    link.file(),
                    link.line(),
                    0,
                    place + " links to a file that is not there; the link may hold a secret and is not repeated.",
                    "Correct or remove the link in line " + link.line() + " of " + link.file() + ".");
        }
        return new RuleMatch(
                Rule.BROKEN_LINK,
                link.file(),
                link.line(),
                0,
                place + " links to " + link.written() + ", and there is no " + link.target() + ".",
                "Correct or remove the link to " + link.written() + " in line " + link.line() + " of " + link.file()
                        + ".");
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
