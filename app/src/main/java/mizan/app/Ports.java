package mizan.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Looks whether a port can be had before anything is made: the web server only logs that it could not.
final class Ports {
    private Ports() {}

    /// @throws java.net.BindException if another program has it or this user may not
    static void requireFree(String host, int port) throws IOException {
        new ServerSocket(port, 1, InetAddress.getByName(host)).close();
    }
}
