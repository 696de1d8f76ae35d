package io.diskvault.engine.verify;

import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.IndexView;
import java.io.IOException;
import java.util.List;

/// Marks everything that recovery points need. A part of a manifest that several share is walked once.
final class LiveChunks implements ManifestWalk.Visitor {

    private final Survey survey;
    private final OrdinalSet live;
    private boolean complete = true;

    LiveChunks(Survey survey) {
        this.survey = survey;
        this.live = new OrdinalSet(survey.view.entryCount());
    }

    void mark(List<VerifiedPoint> points, Runnable tick) throws IOException {
        for (VerifiedPoint point : points) {
            new ManifestWalk(survey, point.manifest().shape(), this, tick)
                    .run(point.manifest().root());
        }
    }

    /// Whether an entry of the index is of a chunk that is needed. May be asked by many threads when all is marked.
    boolean contains(long ordinal) {
        return live.contains(ordinal);
    }

    /// Whether all that is needed is known to the index and fits.
    boolean complete() {
        return complete;
    }

    @Override
    public boolean enter(ChunkId node, boolean atEnd) {
        return markAll(survey.view.readablePlaces(node)) || atEnd;
    }

    @Override
    public boolean chunk(ChunkId chunk, long start, int length) {
        List<IndexView.Located> places = survey.view.readablePlaces(chunk);
        markAll(places);
        boolean fits = places.stream().anyMatch(located -> located.place().plainLength() == length);
        complete &= fits;
        return fits;
    }

    /// Answers whether anything was new. What is in no fragment always is.
    private boolean markAll(List<IndexView.Located> places) {
        boolean anyNew = places.isEmpty();
        for (IndexView.Located located : places) {
            anyNew |= live.add(located.ordinal());
        }
        complete &= !places.isEmpty();
        return anyNew;
    }

    @Override
    public void lost(ChunkId node, long start, long end) {
        complete = false;
    }

    @Override
    public void misshapen(String how, long start, long end) {
        complete = false;
    }

    @Override
    public void whole(ChunkId node) {
        // That is known only when the packs have been looked at.
    }
}
