package mizan.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Looks whether a port can be had before anything is made: the web server only logs that it could not, and pages
/// have to know their own address.
final class Ports {
    private Ports() {}

    /// The port that is asked for, or any free one for 0.
    ///
    /// @throws java.net.BindException if another program has it or this user may not
    static int free(String host, int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }
}
