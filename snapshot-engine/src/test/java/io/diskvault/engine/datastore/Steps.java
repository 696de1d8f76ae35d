package io.diskvault.engine.datastore;

/// Does something whenever the work asks whether to go on.
record Steps(Action action) implements Watch {

    /// What is done.
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /// Does something once, when the work asks for the first time: it has begun then, and has done nothing yet.
    static Steps once(Action action) {
        boolean[] done = new boolean[1];
        return new Steps(() -> {
            if (!done[0]) {
                done[0] = true;
                action.run();
            }
        });
    }

    @Override
    public void progress(long doneBytes, long totalBytes) {}

    @Override
    public boolean cancelled() {
        try {
            action.run();
            return false;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
