package dev.polyphony.platform.security;

import java.util.List;
import org.springframework.security.core.GrantedAuthority;

/** Who calls without credentials, as a bean, where that is allowed at all. */
public record AnonymousCaller(Object principal, List<GrantedAuthority> authorities) {
    public AnonymousCaller {
        authorities = List.copyOf(authorities);
    }
}
