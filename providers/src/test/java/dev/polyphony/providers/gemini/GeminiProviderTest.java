package dev.polyphony.providers.gemini;

import dev.polyphony.providers.contract.VendorContract;
import dev.polyphony.providers.contract.VendorWire;

class GeminiProviderTest extends VendorContract {
    @Override
    protected VendorWire wire() {
        return new GeminiWire();
    }
}
