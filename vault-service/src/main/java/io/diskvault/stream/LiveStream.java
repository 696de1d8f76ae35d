package io.diskvault.stream;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The body of an answer that goes on until the listener goes. A piece is made when the connection can take it; one
/// that takes nothing for a minute is ended, and the listener comes back to where he was.
final class LiveStream implements Publisher<ReadBuffer> {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final long STUCK_SECONDS = 60;
    private static final int DEMAND_MAX = 1 << 20;

    private final Narration narration;
    private final Runnable end;
    private final ExecutorService threads;
    private final ReadBufferFactory buffers;

    /// @param end called once when it is over
    LiveStream(Narration narration, Runnable end, ExecutorService threads, ReadBufferFactory buffers) {
        this.narration = narration;
        this.end = end;
        this.threads = threads;
        this.buffers = buffers;
    }

    @Override
    public void subscribe(Subscriber<? super ReadBuffer> subscriber) {
        Telling telling = new Telling(subscriber);
        subscriber.onSubscribe(telling);
        threads.execute(telling);
    }

    private final class Telling implements Subscription, Runnable {
        private final Subscriber<? super ReadBuffer> subscriber;
        private final Semaphore demand = new Semaphore(0);
        private volatile boolean gone;

        Telling(Subscriber<? super ReadBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            if (demand.availablePermits() < DEMAND_MAX) {
                demand.release((int) Math.min(count, DEMAND_MAX));
            }
        }

        @Override
        public void cancel() {
            gone = true;
            demand.release();
        }

        @Override
        public void run() {
            try (Narration telling = narration) {
                while (demand.tryAcquire(STUCK_SECONDS, TimeUnit.SECONDS) && !gone) {
                    Optional<byte[]> piece = telling.next(() -> gone);
                    if (piece.isEmpty()) {
                        break;
                    }
                    subscriber.onNext(buffers.adapt(piece.get()));
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException failure) {
                // He comes back to where he was.
                LOG.warn("a live stream was cut off", failure);
            } finally {
                end.run();
                if (!gone) {
                    subscriber.onComplete();
                }
            }
        }
    }
}
