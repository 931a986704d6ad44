//! Blobs travel as tus 1.0 (sync.md §8.3); what tus has no word for goes into two headers.

use xunju_evidence::{BlobReceipt, Countersigned, Hash, hash::from_hex};

/// On a reply about a whole blob: `<recv_ms> <signature hex>`; the rest of the receipt both sides know.
pub const BLOB_RECEIPT_HEADER: &str = "xunju-blob-receipt";

#[must_use]
pub fn blob_receipt_header(receipt: &Countersigned<BlobReceipt>) -> String {
    format!("{} {}", receipt.said.recv_ms, receipt.sig)
}

/// Puts a receipt together again. Its signature is still to be verified.
#[must_use]
pub fn blob_receipt_from_header(
    header: &str,
    log: &str,
    hash: &Hash,
    bytes: u64,
) -> Option<Countersigned<BlobReceipt>> {
    let (recv_ms, sig) = header.split_once(' ')?;
    from_hex(sig)?;
    let recv_ms = recv_ms.parse().ok()?;
    Some(Countersigned { said: BlobReceipt { log: log.to_owned(), hash: *hash, bytes, recv_ms }, sig: sig.to_owned() })
}

/// `Upload-Metadata` of a creation.
#[must_use]
pub fn blob_metadata(hash: &Hash) -> String {
    format!("sha256 {}", base64(hash.hex().as_bytes()))
}

/// The hash named in `Upload-Metadata`, among whatever else a tus client put there.
#[must_use]
pub fn blob_metadata_hash(metadata: &str) -> Option<Hash> {
    let value = metadata.split(',').find_map(|pair| pair.trim().strip_prefix("sha256 "))?;
    String::from_utf8(from_base64(value.trim())?).ok()?.parse().ok()
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// RFC 4648 base64 with padding, as tus asks for metadata.
fn base64(bytes: &[u8]) -> String {
    let digit = |value: u32| DIGITS.get((value & 63) as usize).map_or('=', |d| char::from(*d));
    bytes
        .chunks(3)
        .flat_map(|chunk| {
            let mut padded = [0; 4];
            padded.iter_mut().skip(1).zip(chunk).for_each(|(to, from)| *to = *from);
            let word = u32::from_be_bytes(padded);
            let mut text = [digit(word >> 18), digit(word >> 12), digit(word >> 6), digit(word)];
            text.iter_mut().skip(chunk.len() + 1).for_each(|d| *d = '=');
            text
        })
        .collect()
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut word, mut bits) = (0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let value = DIGITS.iter().position(|d| *d == byte)?;
        word = word << 6 | u32::try_from(value).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(word >> bits & 0xff).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn base64_as_in_rfc_4648_section_10() {
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
            assert_eq!(from_base64(coded).unwrap(), plain.as_bytes());
        }
        assert!(from_base64("Zm9*").is_none());
    }

    #[test]
    fn metadata_names_the_hash_among_others() {
        let hash = Hash::of(b"photo");
        assert_eq!(blob_metadata_hash(&blob_metadata(&hash)), Some(hash));
        assert_eq!(blob_metadata_hash(&format!("filename YS5qcGc=, {},x", blob_metadata(&hash))), Some(hash));
        assert_eq!(blob_metadata_hash("sha256 Zm9v"), None);
    }
}
