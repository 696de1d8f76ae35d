package io.diskvault.web.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Whom an address belongs to, as far as an address can tell.
final class ClientNetwork {
    private static final int IPV6_NETWORK_BYTES = 8;

    private ClientNetwork() {}

    /// Alike for all addresses of one client: whoever has one IPv6 address has 2⁶⁴ of them.
    static String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of()
                .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }
}
