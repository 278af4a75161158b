package dev.polyphony.inspection.tree.git;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_TOO_LARGE;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_UNREACHABLE;

import dev.polyphony.inspection.Quantity;
import dev.polyphony.inspection.tree.git.GitConnection.NotGit;
import dev.polyphony.shared.Rejection;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;

/** Why a fetch failed, in words for the one who asked for it. */
record FetchRefusal(Fetch fetch) {
    private static final int MAX_CAUSES = 20;
    private static final int MAX_QUOTED = 200;

    Rejection of(Exception failure) {
        List<Throwable> causes = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .toList();
        for (Throwable cause : causes) {
            if (cause instanceof Rejection refused) {
                return refused; // an address behind a redirect or a name that may not be called
            }
        }
        if (fetch.connections().isSha256()) {
            return RemoteState.sha256(fetch.location());
        }
        for (Throwable cause : causes) {
            if (cause instanceof PackHeaderCheck.TooManyObjects pack) {
                return tooLarge("announces " + pack.announced() + " objects, more than the " + pack.allowed()
                        + " that could be sent");
            }
        }
        if (fetch.connections().isSpent()) {
            return tooLarge("sends more than " + fetch.limits().transferBytes() + " bytes for its newest commit");
        }
        if (causes.stream().anyMatch(TooLargeObjectInPackException.class::isInstance)) {
            return tooLarge("holds a file that is too large to be received");
        }
        if (fetch.selection().isCommit() && isRefused(causes)) {
            return new RemoteState(fetch.location(), fetch.selection(), List.of(Constants.R_HEADS)).refusal();
        }
        return REPOSITORY_UNREACHABLE.because(
                "The repository " + fetch.location() + " cannot be read: " + reason(causes) + ".");
    }

    /** The server was reached and does not hand out the commit. */
    private boolean isRefused(List<Throwable> causes) {
        return fetch.connections().lastStatus() == HttpURLConnection.HTTP_OK
                && !fetch.deadline().passed()
                && causes.stream()
                        .anyMatch(cause -> cause instanceof TransportException
                                || cause instanceof MissingObjectException
                                || cause instanceof IncorrectObjectTypeException);
    }

    private Rejection tooLarge(String why) {
        return REPOSITORY_TOO_LARGE
                .because("The repository " + fetch.location() + " " + why
                        + "; have the operator clone it below polyphony.repositories.root and name its folder.")
                .about(GitRemotes.PARAMETER, fetch.location(), "a small git repository");
    }

    private String reason(List<Throwable> causes) {
        if (fetch.deadline().passed()) {
            return "it was not delivered within "
                    + Quantity.of(fetch.deadline().allowed().toSeconds(), "second");
        }
        return switch (fetch.connections().lastStatus()) {
            case 401, 403 ->
                fetch.connections().sendsToken()
                        ? "it does not exist, or the token that was named does not open it"
                        : "it does not exist or is not public; only public repositories are read without a token";
            case 404, 410 -> "the server has no repository there";
            default -> reason(causes.getLast());
        };
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case UnknownHostException _ -> "its host name does not resolve";
            case ConnectException _ -> "its server does not accept the connection";
            case InterruptedIOException _ -> "its server does not answer";
            case SSLException _ -> "its server does not prove who it is (" + quoted(cause) + ")";
            case RuntimeException _ -> "its server does not keep to git's protocol";
            case NotGit _ -> String.valueOf(cause.getMessage());
            default -> quoted(cause);
        };
    }

    private static String quoted(Throwable cause) {
        String message =
                Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
        String line = message.lines().findFirst().orElse("");
        return line.substring(0, Math.min(line.length(), MAX_QUOTED));
    }
}
