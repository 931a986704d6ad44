//! The tree: known roots, and every proof of every size against the plain definition.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::convert::Infallible;

use proptest::prelude::*;
use xunju_evidence::tree::{
    Leaf, Nodes, completed, consistency, extends, includes, inclusion, leaf_hash, node_hash, root,
};
use xunju_evidence::{Checkpoint, Hash, Signer};

#[derive(Default)]
struct Kept(BTreeMap<(u32, u64), Hash>, u64);

impl Nodes for Kept {
    type Error = Infallible;
    fn node(&self, level: u32, index: u64) -> Result<Hash, Infallible> {
        Ok(self.0[&(level, index)])
    }
}

impl Kept {
    fn push(&mut self, leaf: Hash) {
        for (level, index, hash) in completed(self.1, leaf, self).unwrap() {
            assert!(self.0.insert((level, index), hash).is_none(), "each is written once");
        }
        self.1 += 1;
    }

    fn of(leaves: &[Hash]) -> Self {
        let mut kept = Self::default();
        leaves.iter().for_each(|leaf| kept.push(*leaf));
        kept
    }
}

/// RFC 6962 §2.1, word for word.
fn plain(leaves: &[Hash]) -> Hash {
    match leaves.len() {
        0 => Hash::of(b""),
        1 => leaves[0],
        n => {
            let k = n.next_power_of_two() / 2;
            node_hash(&plain(&leaves[..k]), &plain(&leaves[k..]))
        }
    }
}

fn leaves(n: u64) -> Vec<Hash> {
    (0..n).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

/// Inputs and roots that implementations of Certificate Transparency are tested with.
#[test]
fn the_known_roots_come_out() {
    let bytes: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut kept = Kept::default();
    for (n, (bytes, expected)) in bytes.iter().zip(roots).enumerate() {
        kept.push(leaf_hash(bytes));
        assert_eq!(root(n as u64 + 1, &kept).unwrap().hex(), expected);
    }
}

#[test]
fn every_proof_of_every_size_holds_and_none_of_another() {
    let all = leaves(40);
    let kept = Kept::of(&all);
    for size in 0..=40 {
        let top = plain(&all[..size as usize]);
        assert_eq!(root(size, &kept).unwrap(), top);
        for index in 0..size {
            let path = inclusion(index, size, &kept).unwrap();
            assert!(includes(index, size, &all[index as usize], &path, &top), "{index} of {size}");
            assert!(!includes(index, size, &leaf_hash(b"another"), &path, &top));
            assert!(!includes(index + 1, size, &all[index as usize], &path, &top) || size == 1 && index + 1 < size);
            assert!(path.is_empty() || !includes(index, size, &all[index as usize], &path[1..], &top));
        }
        for old in 0..=size {
            let before = plain(&all[..old as usize]);
            let path = consistency(old, size, &kept).unwrap();
            assert!(extends(old, size, &before, &top, &path), "{old} to {size}");
            if old > 0 {
                assert!(!extends(old, size, &leaf_hash(b"another"), &top, &path));
                assert!(old == size || !extends(old, size, &before, &leaf_hash(b"another"), &path));
            }
            let mut longer = path.clone();
            longer.push(top);
            assert!(!extends(old, size, &before, &top, &longer));
        }
    }
}

proptest! {
    #[test]
    fn a_log_that_was_rewritten_is_never_an_extension(old in 1u64..70, more in 0u64..70, changed in 0u64..70) {
        let (new, changed) = (old + more, changed % old);
        let honest = leaves(new);
        let mut rewritten = honest.clone();
        rewritten[changed as usize] = leaf_hash(b"something else");
        let kept = Kept::of(&rewritten);
        let (before, after) = (plain(&honest[..old as usize]), root(new, &kept).unwrap());
        let path = consistency(old, new, &kept).unwrap();
        prop_assert!(!extends(old, new, &before, &after, &path));
    }

    #[test]
    fn no_bytes_break_the_reading_of_a_checkpoint(note in "\\PC{0,400}", at in 0usize..200, byte in any::<u8>()) {
        let signer = Signer::from_seed(&[7; 32]);
        prop_assert!(Checkpoint::open(&note, "log", &signer.public()).is_err());
        let sound = Checkpoint { log: "log".into(), size: 3, root: Hash::of(b"r"), at_ms: 5 }.sign(&signer);
        let mut bytes = sound.clone().into_bytes();
        let at = at % bytes.len();
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert!(Checkpoint::open(&text, "log", &signer.public()).is_err(), "{text}");
        }
    }
}

#[test]
fn a_checkpoint_is_of_one_log_and_one_key() {
    let signer = Signer::from_seed(&[7; 32]);
    let said = Checkpoint { log: "log_1".into(), size: 1591, root: Hash::of(b"root"), at_ms: 1_795_485_600_000 };
    let note = said.sign(&signer);
    assert_eq!(Checkpoint::open(&note, "log_1", &signer.public()), Ok(said));
    assert!(Checkpoint::open(&note, "log_2", &signer.public()).is_err());
    assert!(Checkpoint::open(&note, "log_1", &Signer::from_seed(&[8; 32]).public()).is_err());
    let witnessed = format!("{note}\u{2014} witness.example AAAA\n");
    assert!(Checkpoint::open(&witnessed, "log_1", &signer.public()).is_ok(), "others may sign it too");
}

#[test]
fn a_leaf_and_a_checkpoint_keep_their_bytes() {
    let leaf =
        Leaf { event: Hash::of(b"e"), sig: Hash::of(b"s"), dev: "d_0123", inc: 1, n: 42, recv_ms: 1_795_485_600_000 };
    assert_eq!(
        leaf.text(),
        "xunju/leaf/v1\nevent 3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea\n\
         sig 043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf89\ndev d_0123\ninc 1\nn 42\nrecv_ms 1795485600000\n"
    );
    let said = Checkpoint { log: "log_1".into(), size: 1, root: leaf.hash(), at_ms: 5 };
    assert_eq!(said.sign(&Signer::from_seed(&[7; 32])), GOLDEN);
}

const GOLDEN: &str = "xunju/log_1\n1\nd9yxuHhFO+ZrvoaXCPgJYQ9dzsMZXoN1KgUxuruS5Xc=\ntime 5\n\n\
    — xunju/log_1 QF3x09j+GEIUFQpt7dxdnNs8vjEQAPPR3+XrKjRuWo0c/uopQ/lZvUgblCVcw/06eoXaUiapei2e0s4Lf/KrybTGwgk=\n";
