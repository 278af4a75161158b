package dev.polyphony.audit.cli;

import picocli.CommandLine.Command;

/** {@code polyphony audit …} */
@Command(name = "audit", description = "Looks at the history without a server.", subcommands = VerifyExport.class)
public final class AuditCommand {}
