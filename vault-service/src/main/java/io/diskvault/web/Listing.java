package io.diskvault.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list, newest first.
///
/// @param nextCursor where the next page starts; null on the last page
public record Listing<T>(List<T> items, @Nullable String nextCursor) {
    /// @param rows one more than `limit`, if there are so many: the surplus one says that there is a next page
    /// @param place where a row stands in the order of the list
    public static <R, T> Listing<T> of(List<R> rows, int limit, Function<R, T> item, Function<R, Cursor> place) {
        List<R> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        String next = rows.size() > limit ? place.apply(shown.getLast()).text() : null;
        return new Listing<>(shown.stream().map(item).toList(), next);
    }
}
