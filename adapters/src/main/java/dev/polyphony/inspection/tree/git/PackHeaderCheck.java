package dev.polyphony.inspection.tree.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads along with the header of a pack, and refuses it before anybody makes room for the objects that it announces. */
final class PackHeaderCheck extends FilterInputStream {
    /** {@code PACK}, a version and a count, four bytes each. */
    private static final int HEADER = 12;

    private static final int COUNT_AT = 8;

    private final long objects;
    private int read;
    private long count;

    /** @param objects the most that may be announced */
    PackHeaderCheck(InputStream in, long objects) {
        super(in);
        this.objects = objects;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            hear(next);
        }
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got = super.read(target, offset, length);
        for (int i = offset; i < offset + got && read < HEADER; i++) {
            hear(Byte.toUnsignedInt(target[i]));
        }
        return got;
    }

    private void hear(int next) throws TooManyObjects {
        if (read >= HEADER) {
            return;
        }
        if (read >= COUNT_AT) {
            count = (count << Byte.SIZE) | next;
        }
        read++;
        if (read == HEADER && count > objects) {
            throw new TooManyObjects(count, objects);
        }
    }

    /** The server announces more objects than it may send. */
    static final class TooManyObjects extends IOException {
        private final long announced;
        private final long allowed;

        TooManyObjects(long announced, long allowed) {
            super("a pack announces " + announced + " objects, more than " + allowed);
            this.announced = announced;
            this.allowed = allowed;
        }

        long announced() {
            return announced;
        }

        long allowed() {
            return allowed;
        }
    }
}
