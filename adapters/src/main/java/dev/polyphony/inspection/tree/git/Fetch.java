package dev.polyphony.inspection.tree.git;

import dev.polyphony.inspection.tree.files.Deadline;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.inspection.tree.git.BoundedRepository.PackLimits;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** Fetches one commit, without history, tags, submodules or files too large to be read. */
record Fetch(
        String location, GitSelection selection, SourceLimits limits, Deadline deadline, GitConnections connections) {
    /** Where the server cannot leave large files out, pictures still pass; what would fill the memory does not. */
    private static final long OBJECT_BYTES_PER_FILE_BYTE = 16;

    GitTree into(Scratch.Folder folder) throws IOException {
        try {
            PackLimits most = new PackLimits(limits.objects(), limits.fileBytes() * OBJECT_BYTES_PER_FILE_BYTE);
            return fetched(BoundedRepository.create(folder.path(), most), folder);
        } catch (IOException | RuntimeException e) {
            folder.remove();
            throw e;
        }
    }

    private GitTree fetched(Repository repository, Scratch.Folder folder) throws IOException {
        try {
            ObjectId tree = selection.tree(repository, commit(repository), location);
            return new GitTree(repository, tree, folder::remove);
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    private ObjectId commit(Repository repository) throws IOException {
        try {
            return commit(repository, FilterSpec.fromFilterLine("blob:limit=" + (limits.fileBytes() + 1L)));
        } catch (TransportException e) {
            if (!said(e, JGitText.get().filterRequiresCapability)) {
                throw e;
            }
            return commit(repository, FilterSpec.NO_FILTER); // this server cannot leave anything out
        }
    }

    private ObjectId commit(Repository repository, FilterSpec filter) throws IOException {
        if (selection.isCommit()) {
            String id = Objects.requireNonNull(selection.ref());
            fetch(repository, filter, id);
            return ObjectId.fromString(id);
        }
        for (String name : selection.candidates()) {
            try {
                return fetch(repository, filter, name);
            } catch (TransportException e) {
                if (connections.isSha256()
                        || !said(e, JGitText.get().remoteDoesNotHaveSpec.replace("{0}", name))) {
                    throw e;
                }
            }
        }
        throw new RemoteState(location, selection, advertised(repository)).refusal();
    }

    private ObjectId fetch(Repository repository, FilterSpec filter, String name) throws IOException {
        try (Transport transport = open(repository)) {
            transport.setDepth(1);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setFilterSpec(filter);
            Ref found = transport
                    .fetch(new Watch(deadline), List.of(new RefSpec(name)))
                    .getAdvertisedRef(name);
            return found == null ? ObjectId.zeroId() : found.getObjectId();
        }
    }

    private List<String> advertised(Repository repository) throws IOException {
        try (Transport transport = open(repository);
                FetchConnection connection = transport.openFetch()) {
            return connection.getRefs().stream().map(Ref::getName).toList();
        }
    }

    private Transport open(Repository repository) throws IOException {
        try {
            Transport transport = Transport.open(repository, new URIish(location));
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(connections);
            }
            return transport;
        } catch (URISyntaxException e) {
            throw new IOException("the URL cannot be read", e);
        }
    }

    private static boolean said(Exception failure, String words) {
        return String.valueOf(failure.getMessage()).contains(words);
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
