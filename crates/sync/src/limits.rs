//! Every bound of the protocol in one place. Units are in the names.

/// Protocol version written today. Version 1 is accepted for delivery for ever.
pub const PROTO: u32 = 1;

/// Events in one push.
pub const PUSH_EVENTS_MAX: usize = 500;
/// Events in the first push of a session: a small one tells soon whether the link works.
pub const PUSH_FIRST_EVENTS: usize = 20;
/// Body and signature bytes of the events in one push.
pub const PUSH_EVENT_BYTES_MAX: usize = 2 * 1024 * 1024 - 128 * 1024;
/// A push before compression, with its framing.
pub const PUSH_RAW_BYTES_MAX: usize = 2 * 1024 * 1024;
/// A push on the wire: half of the 1 MB many gateways allow by default.
pub const PUSH_WIRE_BYTES_MAX: usize = 512 * 1024;

/// What a laptop asks for in one page.
pub const PAGE_BYTES: u32 = 1024 * 1024;
/// The least and the most a server gives, whatever is asked.
pub const PAGE_BYTES_MIN: u32 = 16 * 1024;
pub const PAGE_BYTES_MAX: u32 = 2 * 1024 * 1024;
/// A page before compression: frames, framing, trailer.
pub const PAGE_RAW_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Frames in one page.
pub const PAGE_FRAMES_MAX: usize = 10_000;
/// What one frame costs beside its body, against the page's bytes.
pub const FRAME_OVERHEAD_BYTES: usize = 160;

/// Scopes one device may follow.
pub const SCOPES_MAX: usize = 4_000;
/// Hashes of one proof: more than a log of 2^64 events needs.
pub const PROOF_HASHES_MAX: usize = 130;
/// A signed note.
pub const NOTE_BYTES_MAX: usize = 4_096;
/// Files asked about at once, before a laptop lets go of its own.
pub const BACKED_HASHES_MAX: usize = 500;
/// Bytes in the name of a scope.
pub const SCOPE_NAME_BYTES_MAX: usize = 128;

/// Any other message before compression.
pub const SMALL_RAW_BYTES_MAX: usize = 1024 * 1024;
/// Bytes in any short text: a code, a device's name, a town's.
pub const TEXT_BYTES_MAX: usize = 512;
/// Bytes in a signature of any suite.
pub const SIGNATURE_BYTES_MAX: usize = 256;
/// Hex digits of an echo.
pub const ECHO_DIGITS: usize = 32;

/// How long a server may hold a wait, milliseconds.
pub const WAIT_MS_MAX: u64 = 55_000;

/// Largest blob.
pub const BLOB_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// One PATCH: between these, sized to five to ten seconds.
pub const PIECE_BYTES_MIN: u32 = 64 * 1024;
pub const PIECE_BYTES_START: u32 = 256 * 1024;
pub const PIECE_BYTES_MAX: u32 = 4 * 1024 * 1024;
/// A server makes bytes durable and moves the offset at least this often.
pub const DURABLE_EVERY_BYTES: u64 = 1024 * 1024;
pub const DURABLE_EVERY_MS: u64 = 2_000;
