package dev.polyphony.inspection.tree;

import dev.polyphony.inspection.Inspection.FileSize;
import dev.polyphony.inspection.Inspection.TypeCount;
import dev.polyphony.inspection.tree.files.TextFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts files by type and remembers the longest. */
final class Inventory {
    private static final int LARGEST = 10;
    /** A hostile tree could have a type for every file. */
    private static final int MAX_TYPES = 50;

    private final Map<String, TypeCount> types = new HashMap<>();
    private final List<FileSize> sizes = new ArrayList<>();
    private long lines;
    private long bytes;

    void add(TextFile file) {
        long fileLines = file.lines().size();
        lines += fileLines;
        bytes += file.bytes();
        types.merge(file.type(), new TypeCount(file.type(), 1, fileLines, file.bytes()), Inventory::sum);
        sizes.add(new FileSize(file.path(), fileLines, file.bytes()));
    }

    long lines() {
        return lines;
    }

    long bytes() {
        return bytes;
    }

    List<TypeCount> types() {
        return types.values().stream()
                .sorted(Comparator.comparingLong(TypeCount::lines).reversed().thenComparing(TypeCount::type))
                .limit(MAX_TYPES)
                .toList();
    }

    List<FileSize> largestFiles() {
        return sizes.stream()
                .sorted(Comparator.comparingLong(FileSize::lines)
                        .thenComparingLong(FileSize::bytes)
                        .reversed()
                        .thenComparing(FileSize::file))
                .limit(LARGEST)
                .toList();
    }

    private static TypeCount sum(TypeCount one, TypeCount other) {
        return new TypeCount(
                one.type(), one.files() + other.files(), one.lines() + other.lines(), one.bytes() + other.bytes());
    }
}
