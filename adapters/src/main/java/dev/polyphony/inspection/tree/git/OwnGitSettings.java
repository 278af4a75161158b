package dev.polyphony.inspection.tree.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Git's settings for this process: none. Without it JGit would run the machine's {@code git}, obey the configuration of
 * whoever started the server (addresses rewritten, headers added) and write a file of its own to their home directory.
 */
final class OwnGitSettings extends SystemReader.Delegate {
    private OwnGitSettings(SystemReader machine) {
        super(machine);
    }

    /** Takes effect for every use of JGit in this process; JGit knows no smaller place for it. */
    static synchronized void install() {
        SystemReader current = SystemReader.getInstance();
        if (!(current instanceof OwnGitSettings)) {
            SystemReader.setInstance(new OwnGitSettings(current));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS files) {
        return new Empty(parent, files);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS files) {
        return new Empty(parent, files);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS files) {
        return new Empty(parent, files);
    }

    private static final class Empty extends FileBasedConfig {
        @SuppressWarnings("NullAway") // JGit allows no parent and, for a configuration that is never loaded, no file
        Empty(@Nullable Config parent, FS files) {
            super(parent, null, files);
        }

        /** Two seconds hold for every file system; not told, JGit spends longer measuring them at its first use. */
        @Override
        public long getTimeUnit(String section, @Nullable String subsection, String name, long other, TimeUnit unit) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                    ? unit.convert(2, TimeUnit.SECONDS)
                    : super.getTimeUnit(section, subsection, name, other, unit);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
