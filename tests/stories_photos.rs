//! Small pictures are made again from the originals.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::path::{Path, PathBuf};

use xunju_api::error::ErrorCode;
use xunju_api::view::photo::PhotoView;
use xunju_link::Options;
use xunju_testkit::{Inspector, Town};

fn file(folder: &Path, hash: &str) -> PathBuf {
    let (first, second) = (&hash[..2], &hash[2..4]);
    [folder.join("photos").join(first).join(second).join(hash)].into_iter().find(|path| path.is_file()).unwrap()
}

#[test]
fn a_small_picture_that_is_lost_or_spoilt_is_made_again_to_the_byte() {
    let town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "inspector", Options::default());
    let case = inspector.record_at("8号", "602", 66).case_id;
    let photo: PhotoView = inspector.case(&case).photos[0].clone();
    let api = inspector.laptop.api().unwrap();
    let bytes = |hash: &str| api.photo(&api.laptop_caller().unwrap(), hash);
    let (thumb, preview) = (photo.thumb.unwrap(), photo.preview.unwrap());
    for hash in [&thumb, &preview] {
        let before = bytes(hash).unwrap();
        let path = file(&inspector.dir, hash);
        std::fs::remove_file(&path).unwrap();
        let view = &inspector.case(&case).photos[0];
        assert!(view.thumb_here && view.preview_here, "the original is here: it can be drawn");
        assert!(bytes(hash).unwrap() == before, "lost");
        let mut sealed = std::fs::read(&path).unwrap();
        let middle = sealed.len() / 2;
        sealed[middle] ^= 1;
        std::fs::write(&path, sealed).unwrap();
        assert!(bytes(hash).unwrap() == before, "spoilt");
        assert!(inspector.dir.join("photos/damaged").is_dir(), "what was spoilt is put aside, not thrown away");
    }
    // Without the original there is nothing to make it of, and an original is never made up.
    std::fs::remove_file(file(&inspector.dir, &preview)).unwrap();
    std::fs::remove_file(file(&inspector.dir, &photo.hash)).unwrap();
    assert_eq!(bytes(&preview).unwrap_err().code, ErrorCode::PhotoMissing);
    assert_eq!(bytes(&photo.hash).unwrap_err().code, ErrorCode::PhotoMissing);
    assert!(!inspector.case(&case).photos[0].preview_here);
}
