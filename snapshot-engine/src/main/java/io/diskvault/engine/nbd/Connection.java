package io.diskvault.engine.nbd;

import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's connection, from its first byte to its end. Runs once.
final class Connection implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Wire wire;
    private final Exports exports;
    private final NbdLimits limits;
    private final Alarms alarms;
    private final Pieces pieces;
    private final Executor executor;

    /// @param channel is closed at the end
    /// @param executor runs requests beside each other
    Connection(
            ByteChannel channel, Exports exports, NbdLimits limits, Alarms alarms, Pieces pieces, Executor executor) {
        this.wire = new Wire(channel);
        this.exports = exports;
        this.limits = limits;
        this.alarms = alarms;
        this.pieces = pieces;
        this.executor = executor;
    }

    @Override
    public void run() {
        try {
            Optional<Session> session = handshake();
            if (session.isPresent()) {
                transmit(session.get());
            }
        } catch (ConnectionLostException e) {
            LOG.debug("A connection has ended: {}", e.getMessage());
        } finally {
            wire.close();
        }
    }

    private Optional<Session> handshake() throws ConnectionLostException {
        Alarms.Alarm slow = alarms.in(limits.patience(), this::close);
        try {
            return new Handshake(wire, exports).run();
        } finally {
            slow.cancel();
        }
    }

    private void transmit(Session session) throws ConnectionLostException {
        Export export = session.export();
        // It may have been closed since it was found.
        if (!export.attach(this)) {
            return;
        }
        Transmission transmission = new Transmission(wire, session, limits, pieces, executor);
        IdleWatch idle = new IdleWatch();
        try {
            limits.idle().ifPresent(idle::start);
            transmission.run();
        } finally {
            idle.stop();
            Alarms.Alarm unwilling = alarms.in(limits.patience(), this::close);
            transmission.finish();
            unwilling.cancel();
            export.detach(this);
        }
    }

    /// Ends the connection from outside, whatever it is doing.
    void close() {
        wire.close();
    }

    /// Closes the connection when nothing has moved for a while.
    private final class IdleWatch {

        private Alarms.Alarm next = () -> {};
        private boolean stopped;

        synchronized void start(Duration limit) {
            if (!stopped) {
                long moved = wire.moved();
                next = alarms.in(limit, () -> look(limit, moved));
            }
        }

        private void look(Duration limit, long movedThen) {
            if (wire.moved() == movedThen) {
                close();
            } else {
                start(limit);
            }
        }

        synchronized void stop() {
            stopped = true;
            next.cancel();
        }
    }
}
