package dev.polyphony.providers.vendor;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made at its first use and kept. LangChain4j takes long to build a model, and many providers are never asked. */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> making;
    private volatile @Nullable T made;

    public Lazy(Supplier<T> making) {
        this.making = making;
    }

    @Override
    public T get() {
        T there = made;
        return there == null ? make() : there;
    }

    private synchronized T make() {
        T there = made;
        if (there == null) {
            there = making.get();
            made = there;
        }
        return there;
    }
}
