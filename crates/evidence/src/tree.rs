//! The tree over the town's log (RFC 6962 §2.1): one root stands for every event received so far, in its order. A
//! short proof shows that an event is in it, and that a later root only added to an earlier one.
//!
//! Perfect subtrees are kept, `(level, index)`: level 0 are leaves, a node of level `l` stands for `2^l` of them. Every
//! other hash is made of those.

use crate::hash::Hash;

const LEAF: &[u8] = &[0];
const NODE: &[u8] = &[1];

/// Where kept nodes are read.
pub trait Nodes {
    type Error;
    /// # Errors
    /// Of the place they are kept in; a node that should be there and is not is one.
    fn node(&self, level: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// What an event is in the tree: who wrote it, its bytes and signature by their hashes, and when it was received. Not
/// the event itself, so that erasing personal data later does not break the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf<'a> {
    pub event: Hash,
    /// Of the signature's bytes.
    pub sig: Hash,
    pub dev: &'a str,
    pub inc: u32,
    pub n: u64,
    pub recv_ms: i64,
}

impl Leaf<'_> {
    /// Line by line, so that it can be written by hand and checked with `sha256sum`.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { event, sig, dev, inc, n, recv_ms } = self;
        format!("xunju/leaf/v1\nevent {event}\nsig {sig}\ndev {dev}\ninc {inc}\nn {n}\nrecv_ms {recv_ms}\n")
    }

    #[must_use]
    pub fn hash(&self) -> Hash {
        leaf_hash(self.text().as_bytes())
    }
}

#[must_use]
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Hash::of_parts(&[LEAF, bytes])
}

#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash::of_parts(&[NODE, &left.0, &right.0])
}

/// Every perfect subtree that the leaf of this index completes, the leaf first.
///
/// # Errors
/// Of `nodes`.
pub fn completed<N: Nodes>(index: u64, leaf: Hash, nodes: &N) -> Result<Vec<(u32, u64, Hash)>, N::Error> {
    let (mut level, mut at, mut hash) = (0, index, leaf);
    let mut all = vec![(level, at, hash)];
    while at % 2 == 1 {
        hash = node_hash(&nodes.node(level, at - 1)?, &hash);
        level += 1;
        at /= 2;
        all.push((level, at, hash));
    }
    Ok(all)
}

/// The root over the first `size` leaves.
///
/// # Errors
/// Of `nodes`.
pub fn root<N: Nodes>(size: u64, nodes: &N) -> Result<Hash, N::Error> {
    if size == 0 { Ok(Hash::of(&[])) } else { range(0, size, nodes) }
}

/// The hash over leaves `from..to`, where `from` begins a subtree of at least that size.
fn range<N: Nodes>(from: u64, to: u64, nodes: &N) -> Result<Hash, N::Error> {
    let size = to - from;
    if size.is_power_of_two() && from.is_multiple_of(size) {
        let level = size.trailing_zeros();
        return nodes.node(level, from >> level);
    }
    let split = from + left_size(size);
    Ok(node_hash(&range(from, split, nodes)?, &range(split, to, nodes)?))
}

/// The largest power of two below `size`, which is at least 2.
fn left_size(size: u64) -> u64 {
    1 << (63 - (size - 1).leading_zeros())
}

/// That the leaf `index` is under the root of `size`: neighbours from the bottom up. Empty where it is not.
///
/// # Errors
/// Of `nodes`.
pub fn inclusion<N: Nodes>(index: u64, size: u64, nodes: &N) -> Result<Vec<Hash>, N::Error> {
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    if index >= size {
        return Ok(path);
    }
    while to - from > 1 {
        let split = from + left_size(to - from);
        if index < split {
            path.push(range(split, to, nodes)?);
            to = split;
        } else {
            path.push(range(from, split, nodes)?);
            from = split;
        }
    }
    path.reverse();
    Ok(path)
}

/// That the root of `new` only adds to the root of `old` (RFC 6962 §2.1.2). Empty for two equal sizes, and from nothing.
///
/// # Errors
/// Of `nodes`.
pub fn consistency<N: Nodes>(old: u64, new: u64, nodes: &N) -> Result<Vec<Hash>, N::Error> {
    let mut path = Vec::new();
    if old == 0 || old >= new {
        return Ok(path);
    }
    let (mut from, mut to) = (0, new);
    let whole = loop {
        if to - from == old - from {
            break from == 0;
        }
        let split = from + left_size(to - from);
        if old <= split {
            path.push(range(split, to, nodes)?);
            to = split;
        } else {
            path.push(range(from, split, nodes)?);
            from = split;
        }
    };
    if !whole {
        path.push(range(from, to, nodes)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether a path leads from a leaf to a root (RFC 9162 §2.1.3.2).
#[must_use]
pub fn includes(index: u64, size: u64, leaf: &Hash, path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for next in path {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            hash = node_hash(next, &hash);
            while at % 2 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, next);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether a path shows that the new root only added to the old one (RFC 9162 §2.1.4.2). From nothing everything follows.
#[must_use]
pub fn extends(old: u64, new: u64, old_root: &Hash, new_root: &Hash, path: &[Hash]) -> bool {
    match old {
        0 => return path.is_empty(),
        _ if old > new => return false,
        _ if old == new => return path.is_empty() && old_root == new_root,
        _ => {}
    }
    let mut path = path.iter();
    let (mut at, mut last) = (old - 1, new - 1);
    while at % 2 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let first = if at == 0 { Some(old_root) } else { path.next() };
    let Some(first) = first else { return false };
    let (mut of_old, mut of_new) = (*first, *first);
    for next in path {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            of_old = node_hash(next, &of_old);
            of_new = node_hash(next, &of_new);
            while at % 2 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            of_new = node_hash(&of_new, next);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && of_old == *old_root && of_new == *new_root
}
