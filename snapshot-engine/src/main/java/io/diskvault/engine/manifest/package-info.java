/// Manifests: which chunk each block of a disk is.
///
/// A disk is cut into *blocks* of the datastore's chunk size; the last one may be shorter. A *manifest* is a tree
/// over them with 64 children per *node*: a *leaf* (level 0) gives chunk ids for 64 neighbouring blocks, a node of
/// level n gives the ids of nodes of level n - 1. Nodes are chunks like any other. Children that would hold nothing
/// but zeros are absent, so holes cost nothing however large they are; a disk of zeros has no root at all.
///
/// Nodes never change. A new manifest shares every node that came out the same with older ones, because equal nodes
/// have equal ids: changing k of n blocks makes at most k·log₆₄(n) new nodes. No node knows its position, so clones
/// of a disk share their trees wherever they lie.
///
/// A *walk* and a *builder* hold one node per level, belong to one thread each, and go through the disk from its
/// start to its end.
@NullMarked
package io.diskvault.engine.manifest;

import org.jspecify.annotations.NullMarked;
