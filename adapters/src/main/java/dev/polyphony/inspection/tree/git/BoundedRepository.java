package dev.polyphony.inspection.tree.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackParser;

/**
 * A bare repository that takes in no more objects and none larger than it should: a few bytes on the wire may claim
 * gigabytes of memory, and a fetch has no limit of its own.
 */
final class BoundedRepository extends FileRepository {
    private final PackLimits limits;

    private BoundedRepository(Path folder, PackLimits limits) throws IOException {
        super(folder.toFile());
        this.limits = limits;
    }

    static BoundedRepository create(Path folder, PackLimits limits) throws IOException {
        BoundedRepository repository = new BoundedRepository(folder, limits);
        repository.create(true);
        return repository;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        return new BoundedInserter(super.newObjectInserter(), limits);
    }

    /** Nothing: what is read once and removed needs no clean-up, and one on a thread of its own would write into what is removed. */
    @Override
    public void autoGC(ProgressMonitor monitor) {}

    /**
     * @param objects the most that a pack may announce
     * @param objectBytes the most that one may have, whole or as what a delta makes
     */
    record PackLimits(long objects, long objectBytes) {}

    private static final class BoundedInserter extends ObjectInserter.Filter {
        private final ObjectInserter inserter;
        private final PackLimits limits;

        BoundedInserter(ObjectInserter inserter, PackLimits limits) {
            this.inserter = inserter;
            this.limits = limits;
        }

        @Override
        protected ObjectInserter delegate() {
            return inserter;
        }

        @Override
        public PackParser newPackParser(InputStream in) throws IOException {
            PackParser parser = super.newPackParser(new PackHeaderCheck(in, limits.objects()));
            parser.setMaxObjectSizeLimit(limits.objectBytes());
            return parser;
        }
    }
}
