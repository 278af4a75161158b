package dev.polyphony.outbound.http;

import dev.polyphony.outbound.ForbiddenAddressException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets that look at the address they are about to connect to. OkHttp does not resolve literal addresses and a name may
 * resolve differently a moment later, so this is the only place where the real address is known for every connection.
 */
final class GuardedSockets extends SocketFactory {
    private final OutboundAddresses addresses;

    GuardedSockets(OutboundAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(addresses);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    private Socket connected(InetSocketAddress target) throws IOException {
        Socket socket = createSocket();
        socket.connect(target);
        return socket;
    }

    private static final class GuardedSocket extends Socket {
        private final OutboundAddresses addresses;

        /** NO_PROXY: a proxy from system properties would make the address unknowable. */
        GuardedSocket(OutboundAddresses addresses) {
            super(Proxy.NO_PROXY);
            this.addresses = addresses;
        }

        @Override
        public void connect(SocketAddress target) throws IOException {
            connect(target, 0);
        }

        @Override
        public void connect(SocketAddress target, int timeoutMillis) throws IOException {
            if (!(target instanceof InetSocketAddress address) || address.isUnresolved()) {
                throw new ForbiddenAddressException("'%s' is not a resolved internet address".formatted(target));
            }
            addresses.admit(address);
            super.connect(target, timeoutMillis);
        }
    }
}
