package io.diskvault.platform;

import io.micronaut.data.repository.CrudRepository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The rows of a table as projections read and write them: at once, or in a replay many together; see [Replays].
///
/// Whoever uses the repository itself beside it calls [#settled] before.
public final class ViewTable<R> {
    /// So many rows are kept that nobody has to read again.
    private static final int KEPT_MAX = 20_000;

    private final Replays replays;
    private final CrudRepository<R, String> rows;
    private final Function<R, String> id;

    /// As the database has them, least recently used first; empty for those that are not there.
    private final LinkedHashMap<String, Optional<R>> known = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<String, Write> writes = new HashMap<>();

    /// What was added since the table was emptied; null if that is not known.
    private @Nullable SeenKeys seen;

    private enum Write {
        INSERT,
        REPLACE,
        UPDATE,
        DELETE
    }

    ViewTable(Replays replays, CrudRepository<R, String> rows, Function<R, String> id) {
        this.replays = replays;
        this.rows = rows;
        this.id = id;
    }

    public Optional<R> find(String key) {
        if (!replays.buffering()) {
            return rows.findById(key);
        }
        Optional<R> row = known.get(key);
        if (row == null) {
            row = isNew(key) ? Optional.empty() : rows.findById(key);
            known.put(key, row);
        }
        return row;
    }

    /// Adds a row that is not there, as a rule; if one is, it is replaced.
    public void add(R row) {
        String key = id.apply(row);
        if (!replays.buffering()) {
            rows.deleteById(key);
            rows.save(row);
            replays.writtenAtOnce();
            return;
        }
        Optional<R> before = known.get(key);
        boolean absent = before == null ? isNew(key) : before.isEmpty();
        known.put(key, Optional.of(row));
        writes.merge(key, absent ? Write.INSERT : Write.REPLACE, (_, _) -> Write.REPLACE);
        if (seen != null) {
            seen.add(key);
        }
    }

    private boolean isNew(String key) {
        return seen != null && !seen.mayContain(key);
    }

    /// Adds rows that are not there.
    public void addAll(List<R> added) {
        if (replays.buffering()) {
            added.forEach(this::add);
        } else {
            rows.saveAll(added);
            replays.writtenAtOnce();
        }
    }

    /// Adds a row or replaces the one that is there.
    public void put(R row) {
        if (find(id.apply(row)).isPresent()) {
            change(row);
        } else {
            add(row);
        }
    }

    /// Changes a row that is there.
    public void change(R row) {
        if (!replays.buffering()) {
            rows.update(row);
            replays.writtenAtOnce();
            return;
        }
        String key = id.apply(row);
        known.put(key, Optional.of(row));
        writes.putIfAbsent(key, Write.UPDATE);
    }

    /// Changes a row if it is there.
    ///
    /// @return whether it is
    public boolean change(String key, UnaryOperator<R> change) {
        Optional<R> row = find(key);
        row.map(change).ifPresent(this::change);
        return row.isPresent();
    }

    public void remove(String key) {
        if (!replays.buffering()) {
            rows.deleteById(key);
            replays.writtenAtOnce();
            return;
        }
        known.put(key, Optional.empty());
        writes.put(key, Write.DELETE);
    }

    /// Empties the table.
    public void clear() {
        forget();
        rows.deleteAll();
        seen = new SeenKeys();
        replays.emptied();
    }

    /// Lets the repository itself see what was written so far.
    public void settled() {
        if (replays.buffering()) {
            write();
        }
    }

    /// Lets the repository itself change what was written so far.
    public void handOver() {
        if (replays.buffering()) {
            write();
            known.clear();
        }
    }

    /// How many rows are still to be written.
    int waiting() {
        return writes.size();
    }

    /// By their keys: rows that lie beside each other are written one after the other.
    void write() {
        List<R> changed = new ArrayList<>();
        List<R> added = new ArrayList<>();
        new TreeMap<>(writes).forEach((key, write) -> {
            if (write == Write.REPLACE || write == Write.DELETE) {
                rows.deleteById(key);
            }
            known.getOrDefault(key, Optional.empty())
                    .ifPresent(row -> (write == Write.UPDATE ? changed : added).add(row));
        });
        if (!added.isEmpty()) {
            rows.saveAll(added);
        }
        if (!changed.isEmpty()) {
            rows.updateAll(changed);
        }
        writes.clear();
        while (known.size() > KEPT_MAX) {
            known.pollFirstEntry();
        }
    }

    void forget() {
        known.clear();
        writes.clear();
        seen = null;
    }
}
