/// The index: which chunk lies where.
///
/// The index is a set of pairs (chunk id, place), spread over *fragments*: files whose *pages* hold the pairs in
/// order. Fragments never change; the index is their union, so they can be merged by anyone, in any order and
/// grouping, to the same result. A fragment is named after the SHA-256 of its content, so that writing the same one
/// twice is harmless. Everything in it also stands in the tables of the packs: it can be lost and made anew.
///
/// Look-ups read the files as mapped memory and check each page they touch; nothing is held on the heap but the list
/// of fragments. Chunk ids are random numbers, so where one lies in a fragment can be computed closely instead of
/// searched.
///
/// Look-ups overlap with everything. A fragment is added only after the packs it speaks of are durable.
@NullMarked
package io.diskvault.engine.index;

import org.jspecify.annotations.NullMarked;
