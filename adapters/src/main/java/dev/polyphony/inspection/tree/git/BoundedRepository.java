package dev.polyphony.inspection.tree.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackParser;

/**
 * A bare repository that takes in no object larger than it should: an object of a few bytes on the wire may claim
 * gigabytes of memory, and a fetch has no limit of its own.
 */
final class BoundedRepository extends FileRepository {
    private final long objectBytes;

    private BoundedRepository(Path folder, long objectBytes) throws IOException {
        super(folder.toFile());
        this.objectBytes = objectBytes;
    }

    static BoundedRepository create(Path folder, long objectBytes) throws IOException {
        BoundedRepository repository = new BoundedRepository(folder, objectBytes);
        repository.create(true);
        return repository;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        return new BoundedInserter(super.newObjectInserter(), objectBytes);
    }

    /** Nothing: what is read once and removed needs no clean-up, and one on a thread of its own would write into what is removed. */
    @Override
    public void autoGC(ProgressMonitor monitor) {}

    private static final class BoundedInserter extends ObjectInserter.Filter {
        private final ObjectInserter inserter;
        private final long objectBytes;

        BoundedInserter(ObjectInserter inserter, long objectBytes) {
            this.inserter = inserter;
            this.objectBytes = objectBytes;
        }

        @Override
        protected ObjectInserter delegate() {
            return inserter;
        }

        @Override
        public PackParser newPackParser(InputStream in) throws IOException {
            PackParser parser = super.newPackParser(in);
            parser.setMaxObjectSizeLimit(objectBytes);
            return parser;
        }
    }
}
