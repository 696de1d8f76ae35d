package io.diskvault.engine.nbd;

import java.io.IOException;

/// Says that nothing can be sent or received any more, whoever ended the connection.
final class ConnectionLostException extends IOException {

    ConnectionLostException(String message) {
        super(message);
    }

    ConnectionLostException(IOException cause) {
        super(cause);
    }
}
