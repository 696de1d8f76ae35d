package io.diskvault.web.tls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Gives every subscriber the newest value at once, on the subscribing thread, and each later one when it comes.
/// Subscribers take whatever comes; it comes seldom.
final class Latest<T> implements Publisher<T> {
    private final List<Subscriber<? super T>> subscribers = new CopyOnWriteArrayList<>();
    private T value;

    Latest(T value) {
        this.value = value;
    }

    synchronized void set(T newer) {
        value = newer;
        subscribers.forEach(subscriber -> subscriber.onNext(newer));
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {
                start(subscriber);
            }

            @Override
            public void cancel() {
                subscribers.remove(subscriber);
            }
        });
    }

    private synchronized void start(Subscriber<? super T> subscriber) {
        if (!subscribers.contains(subscriber)) {
            subscribers.add(subscriber);
            subscriber.onNext(value);
        }
    }
}
