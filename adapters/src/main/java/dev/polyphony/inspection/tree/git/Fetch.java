package dev.polyphony.inspection.tree.git;

import dev.polyphony.inspection.tree.files.Deadline;
import dev.polyphony.inspection.tree.files.SourceLimits;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** Fetches the newest commit of the default branch, without history, tags, submodules or files too large to be read. */
record Fetch(String location, SourceLimits limits, Deadline deadline, GitConnections connections) {
    private static final RefSpec HEAD = new RefSpec("HEAD:refs/heads/inspected");
    /** Where the server cannot leave large files out, pictures still pass; what would fill the memory does not. */
    private static final long OBJECT_BYTES_PER_FILE_BYTE = 16;

    GitTree into(Path folder) throws IOException {
        try {
            Repository repository = BoundedRepository.create(folder, limits.fileBytes() * OBJECT_BYTES_PER_FILE_BYTE);
            return fetched(repository, folder);
        } catch (IOException | RuntimeException e) {
            Scratch.remove(folder);
            throw e;
        }
    }

    private GitTree fetched(Repository repository, Path folder) throws IOException {
        try (RevWalk commits = new RevWalk(repository)) {
            ObjectId tree = commits.parseCommit(head(repository)).getTree().copy();
            return new GitTree(repository, tree, folder);
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    private ObjectId head(Repository repository) throws IOException {
        try {
            return head(repository, FilterSpec.fromFilterLine("blob:limit=" + (limits.fileBytes() + 1L)));
        } catch (TransportException e) {
            if (!String.valueOf(e.getMessage()).contains(JGitText.get().filterRequiresCapability)) {
                throw e;
            }
            return head(repository, FilterSpec.NO_FILTER); // this server cannot leave anything out
        }
    }

    private ObjectId head(Repository repository, FilterSpec filter) throws IOException {
        try (Transport transport = Transport.open(repository, new URIish(location))) {
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(connections);
            }
            transport.setDepth(1);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setFilterSpec(filter);
            return transport
                    .fetch(new Watch(deadline), List.of(HEAD))
                    .getAdvertisedRef(Constants.HEAD)
                    .getObjectId();
        } catch (URISyntaxException e) {
            throw new IOException("the URL cannot be read", e);
        }
    }

    /** Ends work on what was received when the time is used up. */
    private static final class Watch extends EmptyProgressMonitor {
        private final Deadline deadline;

        Watch(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public boolean isCancelled() {
            return deadline.passed();
        }
    }
}
