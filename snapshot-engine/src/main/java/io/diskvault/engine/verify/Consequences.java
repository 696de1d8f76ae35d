package io.diskvault.engine.verify;

import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.IndexView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Says which recovery points, and which parts of them, are affected by what was found. A part of a manifest in which
/// nothing is wrong is walked once for all that share it.
final class Consequences {

    private final Survey survey;
    private final Problems problems;
    private final OrdinalSet whole;
    private final byte[] plain;

    Consequences(Survey survey, Problems problems, int chunkBytes) {
        this.survey = survey;
        this.problems = problems;
        this.whole = new OrdinalSet(survey.view.entryCount());
        this.plain = new byte[chunkBytes];
    }

    void find(List<VerifiedPoint> points, Runnable tick) throws IOException {
        for (VerifiedPoint point : points) {
            new ManifestWalk(survey, point.manifest().shape(), new ForPoint(point), tick)
                    .run(point.manifest().root());
        }
    }

    private final class ForPoint implements ManifestWalk.Visitor {

        private final VerifiedPoint point;

        private ForPoint(VerifiedPoint point) {
            this.point = point;
        }

        @Override
        public boolean enter(ChunkId node, boolean atEnd) {
            return atEnd
                    || survey.view.readablePlaces(node).stream()
                            .noneMatch(located -> whole.contains(located.ordinal()));
        }

        @Override
        public boolean chunk(ChunkId chunk, long start, int length) throws IOException {
            List<IndexView.Located> places = survey.view.readablePlaces(chunk);
            if (places.stream()
                    .anyMatch(located -> survey.good.contains(located.ordinal())
                            && located.place().plainLength() == length)) {
                return true;
            }
            Optional<Integer> found = survey.read(chunk, plain);
            if (found.isEmpty()) {
                lost(chunk, start, start + length);
                return false;
            }
            if (found.get() != length) {
                misshapen("Its manifest has a chunk of the wrong length.", start, start + length);
                return false;
            }
            // From here on it is known.
            places.stream()
                    .filter(located -> !survey.isKnownBad(
                            located.place().pack(), located.place().offset()))
                    .findFirst()
                    .ifPresent(located -> survey.good.add(located.ordinal()));
            return true;
        }

        @Override
        public void lost(ChunkId chunk, long start, long end) {
            problems.affect(point, start, end, survey.causes(chunk));
        }

        @Override
        public void misshapen(String how, long start, long end) {
            Problem problem = problems.of(
                    Finding.Kind.DAMAGED, point.file(), how + " Only an error in a program can have written that.");
            problems.affect(point, start, end, List.of(problem));
        }

        @Override
        public void whole(ChunkId node) {
            survey.view.readablePlaces(node).forEach(located -> whole.add(located.ordinal()));
        }
    }
}
