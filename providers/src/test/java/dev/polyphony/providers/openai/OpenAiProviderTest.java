package dev.polyphony.providers.openai;

import dev.polyphony.providers.contract.VendorContract;
import dev.polyphony.providers.contract.VendorWire;

class OpenAiProviderTest extends VendorContract {
    @Override
    protected VendorWire wire() {
        return new OpenAiWire();
    }
}
