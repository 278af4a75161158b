/** What all vendors that are asked through LangChain4j have in common: one provider, and a dialect for each of them. */
@NullMarked
package dev.polyphony.providers.vendor;

import org.jspecify.annotations.NullMarked;
