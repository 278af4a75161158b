package dev.polyphony.providers.ollama;

import dev.polyphony.providers.contract.VendorContract;
import dev.polyphony.providers.contract.VendorWire;

class OllamaProviderTest extends VendorContract {
    @Override
    protected VendorWire wire() {
        return new OllamaWire();
    }
}
