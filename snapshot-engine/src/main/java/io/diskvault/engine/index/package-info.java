/// The index: which chunk lies where.
///
/// The index is a set of pairs (chunk id, place), spread over *fragments*: files whose *pages* hold the pairs in
/// order. Fragments never change; the index is their union, so they can be merged by anyone, in any order and
/// grouping, to the same result. Their names are random and never come again, which makes merging safe: see
/// [FragmentMerge]. Everything in a fragment also stands in the tables of the packs: it can be lost and made anew.
///
/// Look-ups read the files as mapped memory and check each page that they touch for the first time; nothing is held
/// on the heap but the list of fragments. Chunk ids are random numbers, so where one lies in a fragment can be
/// computed closely instead of searched.
///
/// Look-ups overlap with everything. A fragment is added only after the packs it speaks of are durable, and deleted
/// only after another one that holds its entries is. After every fragment that is written, those of one size are
/// merged when there are eight of them, so that there are never many.
@NullMarked
package io.diskvault.engine.index;

import org.jspecify.annotations.NullMarked;
