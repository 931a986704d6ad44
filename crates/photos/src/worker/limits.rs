//! What a worker may take: memory and processor time. The kernel holds it to both, whatever it decodes.

/// Memory of its own a worker may have, programs and libraries not counted.
pub const MEMORY_BYTES_MAX: u64 = 448 * 1024 * 1024;
/// Processor time for one picture. Counted by the kernel, so that a busy laptop loses no picture.
pub const CPU_SECONDS_MAX: u64 = 4;
/// Address space; most of it is reserved by allocators and never touched.
#[cfg(unix)]
const ADDRESS_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;

/// For as long as the worker lives.
#[cfg(unix)]
pub(super) fn memory() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    for (resource, bytes) in [(Resource::As, ADDRESS_BYTES_MAX), (Resource::Data, MEMORY_BYTES_MAX)] {
        // Where the system refuses a limit those of the decoders still hold.
        let _ = setrlimit(resource, Rlimit { current: Some(bytes), maximum: Some(bytes) });
    }
}

/// From here on for one picture.
#[cfg(unix)]
pub(super) fn time() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    let maximum = getrlimit(Resource::Cpu).maximum;
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(used + 1 + CPU_SECONDS_MAX), maximum });
}

#[cfg(not(unix))]
pub(super) fn memory() {}

#[cfg(not(unix))]
pub(super) fn time() {}
