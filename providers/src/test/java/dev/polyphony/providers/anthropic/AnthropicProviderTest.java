package dev.polyphony.providers.anthropic;

import dev.polyphony.providers.contract.VendorContract;
import dev.polyphony.providers.contract.VendorWire;

class AnthropicProviderTest extends VendorContract {
    @Override
    protected VendorWire wire() {
        return new AnthropicWire();
    }
}
