package io.diskvault.engine.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All that may be found after the power was cut at one moment.
///
/// Each name whose directory was not synced since it changed stands for any of the files that it has stood for since,
/// or for nothing, independently of all other names. Each file that was not synced has any of the lengths that it has
/// had since, and each of its sectors any content that it has had since, or zeros where the length arrived and the
/// bytes did not, independently of all other sectors and files. Up to 64 combinations are all tried; of more: none of
/// the changes, all of them, all but each single one, only each single one, and some at random.
public final class PowerCut {

    /// What a power cut has taken away or mixed up.
    public enum Loss {
        /// Nothing of what was written to a file since its last sync is there.
        WRITE_DROPPED,
        /// Some of the sectors written to a file are there and some are not.
        WRITE_TORN,
        /// A later sector of a file is there and an earlier one is not.
        WRITES_REORDERED,
        /// A file is as long as it was, and zero where it had bytes.
        LENGTH_WITHOUT_BYTES,
        /// A file is as long as it was earlier.
        OLDER_LENGTH,
        CREATION_LOST,
        RENAME_LOST,
        /// A file has both the name that it had before a rename and the one after it.
        RENAMED_AND_KEPT,
        DELETION_LOST,
        DIRECTORY_LOST
    }

    /// What was found.
    ///
    /// @param losses how it differs from what there was before the power cut
    public record State(Set<String> directories, Map<String, byte[]> files, Set<Loss> losses) {

        /// Equal for states that must be dealt with alike. What an unfinished file or a lease of the dead holds does
        /// not count: nobody may read one, and the directory of a state makes sure that nobody does.
        public String digest() {
            MessageDigest digest;
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
            new TreeSet<>(directories)
                    .forEach(name -> digest.update(("d " + name + "\n").getBytes(StandardCharsets.UTF_8)));
            files.forEach((name, content) -> {
                digest.update(("f " + name + "\n").getBytes(StandardCharsets.UTF_8));
                if (!isLeftover(name)) {
                    digest.update((content.length + "\n").getBytes(StandardCharsets.UTF_8));
                    digest.update(content);
                }
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        }
    }

    private static final int SECTOR_BYTES = 512;
    private static final int COMBINATIONS_MAX = 64;
    private static final int SINGLES_MAX = 40;
    private static final int RANDOM_COMBINATIONS = 4;

    private final Platter platter;

    /// Names with more than one possible file, in order, and what may be found under each: the oldest first.
    private final List<String> openNames = new ArrayList<>();

    private final List<List<Platter.@Nullable Node>> openNodes = new ArrayList<>();
    private final List<String> openDirectories = new ArrayList<>();

    /// Files that have had more than one name since the last sync.
    private final Map<Platter.Node, Integer> nameCounts = new HashMap<>();

    PowerCut(Platter platter) {
        this.platter = platter;
        platter.names().forEach((name, versions) -> {
            Set<Platter.@Nullable Node> distinct = new LinkedHashSet<>(versions.reversed());
            distinct.forEach(node -> {
                if (node != null) {
                    nameCounts.merge(node, 1, Integer::sum);
                }
            });
            if (distinct.size() > 1) {
                openNames.add(name);
                openNodes.add(new ArrayList<>(distinct).reversed());
            }
        });
        platter.directories().stream()
                .filter(name -> !platter.isDurable(name))
                .sorted()
                .forEach(openDirectories::add);
    }

    /// Whether a file is of no use to anybody when its owner is dead: an unfinished one, or a lease.
    static boolean isLeftover(String name) {
        return name.endsWith(".lease")
                || name.substring(name.lastIndexOf('/') + 1).contains(".unfinished");
    }

    /// Gives every state; the first is the one in which everything arrived.
    void forEachState(Consumer<State> found) {
        int[] options = new int[openNames.size() + openDirectories.size()];
        for (int i = 0; i < options.length; i++) {
            options[i] = i < openNames.size() ? openNodes.get(i).size() : 2;
        }
        List<int[]> plans = plans(options);
        for (int i = 0; i < plans.size(); i++) {
            Tree tree = tree(plans.get(i));
            // How files are torn that nobody may read makes no difference to anybody; so that is tried in full only
            // with all names and with none of them.
            tree.forEachState(i < 2 || tree.tearsWhatIsRead(), found);
        }
    }

    /// Which option to take of each thing that has some: the last is the newest.
    private static List<int[]> plans(int[] options) {
        List<int[]> plans = new ArrayList<>();
        int[] all = Arrays.stream(options).map(count -> count - 1).toArray();
        plans.add(all);
        long combinations = 1;
        for (int count : options) {
            combinations = Math.min(combinations * count, COMBINATIONS_MAX + 1);
        }
        if (combinations == 1) {
            return plans;
        }
        plans.add(new int[options.length]);
        if (combinations <= COMBINATIONS_MAX) {
            addAll(options, combinations, plans);
        } else {
            addSome(options, all, plans);
        }
        return plans;
    }

    private static void addAll(int[] options, long combinations, List<int[]> plans) {
        // The first and the last of them are there already: nothing and everything.
        for (long number = 1; number < combinations - 1; number++) {
            int[] plan = new int[options.length];
            long rest = number;
            for (int i = 0; i < options.length; i++) {
                plan[i] = (int) (rest % options[i]);
                rest /= options[i];
            }
            plans.add(plan);
        }
    }

    private static void addSome(int[] options, int[] all, List<int[]> plans) {
        int step = Math.ceilDiv(options.length, SINGLES_MAX);
        for (int i = 0; i < options.length; i += step) {
            int[] missing = all.clone();
            missing[i] = 0;
            plans.add(missing);
            int[] only = new int[options.length];
            only[i] = all[i];
            plans.add(only);
        }
        Random random = new Random(options.length);
        for (int i = 0; i < RANDOM_COMBINATIONS; i++) {
            plans.add(Arrays.stream(options).map(random::nextInt).toArray());
        }
    }

    private Tree tree(int[] plan) {
        Tree tree = new Tree();
        platter.directories().stream().sorted().forEach(name -> {
            int open = openDirectories.indexOf(name);
            boolean kept = open < 0 || plan[openNames.size() + open] == 1;
            if (kept && (name.isEmpty() || tree.directories.contains(Platter.above(name)))) {
                tree.directories.add(name);
            } else {
                tree.losses.add(Loss.DIRECTORY_LOST);
            }
        });
        platter.names().forEach((name, versions) -> {
            int open = openNames.indexOf(name);
            Platter.Node node =
                    open < 0 ? versions.getLast() : openNodes.get(open).get(plan[open]);
            if (!tree.directories.contains(Platter.above(name))) {
                return;
            }
            if (node != null) {
                tree.nodes.put(name, node);
            }
            if (node != versions.getLast()) {
                tree.losses.add(nameLoss(node == null ? versions.getLast() : node, node == null));
            }
        });
        if (new HashSet<>(tree.nodes.values()).size() < tree.nodes.size()) {
            tree.losses.add(Loss.RENAMED_AND_KEPT);
        }
        return tree;
    }

    private Loss nameLoss(Platter.@Nullable Node node, boolean absent) {
        if (node != null && nameCounts.getOrDefault(node, 0) > 1) {
            return Loss.RENAME_LOST;
        }
        return absent ? Loss.CREATION_LOST : Loss.DELETION_LOST;
    }

    /// The names that were found, before it is known what the files hold.
    private static final class Tree {

        private final Set<String> directories = new HashSet<>();
        private final Map<String, Platter.Node> nodes = new TreeMap<>();
        private final Set<Loss> losses = EnumSet.noneOf(Loss.class);

        boolean tearsWhatIsRead() {
            return nodes.entrySet().stream()
                    .anyMatch(file -> !isLeftover(file.getKey())
                            && file.getValue().versions().size() > 1);
        }

        void forEachState(boolean everything, Consumer<State> found) {
            List<Remains> open = new LinkedHashSet<>(nodes.values())
                    .stream()
                            .filter(node -> node.versions().size() > 1)
                            .map(Remains::new)
                            .toList();
            int[] options = open.stream().flatMapToInt(Remains::options).toArray();
            List<int[]> plans = plans(options);
            for (int[] plan : everything ? plans : plans.subList(0, Math.min(2, plans.size()))) {
                found.accept(state(open, plan));
            }
        }

        private State state(List<Remains> open, int[] plan) {
            Set<Loss> all = EnumSet.noneOf(Loss.class);
            all.addAll(losses);
            Map<Platter.Node, byte[]> contents = new HashMap<>();
            int at = 0;
            for (Remains remains : open) {
                int end = at + 1 + remains.sectors.size();
                contents.put(remains.node, remains.content(Arrays.copyOfRange(plan, at, end), all));
                at = end;
            }
            Map<String, byte[]> files = new TreeMap<>();
            nodes.forEach((name, node) -> files.put(name, contents.getOrDefault(node, node.content())));
            return new State(directories, files, all);
        }
    }

    /// What may be left of one file that was not synced.
    private static final class Remains {

        private final Platter.Node node;
        private final List<Integer> lengths;
        private final List<List<byte[]>> sectors = new ArrayList<>();

        Remains(Platter.Node node) {
            this.node = node;
            Set<Integer> distinct = new LinkedHashSet<>();
            node.versions().reversed().forEach(version -> distinct.add(version.length));
            this.lengths = new ArrayList<>(distinct).reversed();
            int longest = distinct.stream().mapToInt(Integer::intValue).max().orElseThrow();
            for (int start = 0; start < longest; start += SECTOR_BYTES) {
                sectors.add(contents(start));
            }
        }

        /// What one sector may hold, the oldest first; zeros where the file did not reach.
        private List<byte[]> contents(int start) {
            List<byte[]> distinct = new ArrayList<>();
            for (byte[] version : node.versions().reversed()) {
                byte[] sector = new byte[SECTOR_BYTES];
                if (start < version.length) {
                    System.arraycopy(version, start, sector, 0, Math.min(SECTOR_BYTES, version.length - start));
                }
                if (distinct.stream().noneMatch(known -> Arrays.equals(known, sector))) {
                    distinct.add(sector);
                }
            }
            return distinct.reversed();
        }

        /// The length comes first, then each sector.
        IntStream options() {
            return IntStream.concat(
                    IntStream.of(lengths.size()), sectors.stream().mapToInt(List::size));
        }

        byte[] content(int[] plan, Set<Loss> losses) {
            int length = lengths.get(plan[0]);
            byte[] content = new byte[length];
            for (int sector = 0; sector * SECTOR_BYTES < length; sector++) {
                int start = sector * SECTOR_BYTES;
                byte[] found = sectors.get(sector).get(plan[1 + sector]);
                System.arraycopy(found, 0, content, start, Math.min(SECTOR_BYTES, length - start));
            }
            addLosses(content, plan, losses);
            return content;
        }

        private void addLosses(byte[] content, int[] plan, Set<Loss> losses) {
            byte[] written = node.content();
            if (Arrays.equals(content, written)) {
                return;
            }
            if (Arrays.equals(content, node.versions().getFirst())) {
                losses.add(Loss.WRITE_DROPPED);
            } else if (content.length < written.length) {
                losses.add(Loss.OLDER_LENGTH);
            } else if (Arrays.equals(content, new byte[content.length])) {
                losses.add(Loss.LENGTH_WITHOUT_BYTES);
            }
            boolean missing = false;
            boolean present = false;
            for (int sector = 0; sector * SECTOR_BYTES < content.length; sector++) {
                if (sectors.get(sector).size() > 1) {
                    boolean newest = plan[1 + sector] == sectors.get(sector).size() - 1;
                    if (missing && newest) {
                        losses.add(Loss.WRITES_REORDERED);
                    }
                    missing |= !newest;
                    present |= newest;
                }
            }
            if (missing && present) {
                losses.add(Loss.WRITE_TORN);
            }
        }
    }
}
