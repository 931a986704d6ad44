//! Who is using the program, on what, and how it should look.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An argument list with nothing in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Where the program stands before any screen of work can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// No data folder yet: ask for the server's address and a one-time code.
    Setup,
    /// The data folder is there, its key is not: ask for the passphrase.
    Locked,
    /// Web only: nobody is signed in.
    SignedOut,
    /// Work can begin.
    Ready,
}

/// What this copy of the program runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Host {
    /// A laptop with its own journal.
    Desktop,
    /// A browser on the town server's own address.
    Web,
}

/// How the key of the data folder is kept (SECURITY.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyProtection {
    /// Wrapped by the operating system's key store.
    OsKeyStore,
    /// Wrapped by a passphrase (argon2id).
    Passphrase,
    /// A file in the user's profile, outside the data folder: the weakest of the three.
    UserFile,
    /// The town server: the folder belongs to the service account.
    Server,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AppStateView {
    pub phase: Phase,
    pub host: Host,
    pub version: String,
    /// Name of the town as the server calls it, once enrolled.
    pub town: Option<String>,
    pub server_url: Option<String>,
    pub user: Option<UserView>,
    pub device: Option<DeviceView>,
    pub key_protection: Option<KeyProtection>,
    pub prefs: PrefsView,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UserView {
    pub id: String,
    pub name: String,
    /// Role codes of domain.md §7: `R-INS`, `R-LXB`, `R-DEP`, `R-LD`, `R-ADM`, …
    pub roles: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceView {
    pub id: String,
    pub name: String,
}

/// How the screens look. Kept per user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrefsView {
    /// `zh-Hans` | `zh-Hant` | `en`
    pub language: String,
    /// `light` | `dark` | `sun`
    pub theme: String,
    /// Percent: 100 | 115 | 130 | 150
    pub text_scale: u16,
    /// Whether single letters act in lists and on the review desk (WCAG 2.1.4).
    pub letter_keys: bool,
}

impl Default for PrefsView {
    fn default() -> Self {
        Self { language: "zh-Hans".into(), theme: "light".into(), text_scale: 100, letter_keys: true }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    pub server_url: String,
    /// The one-time code an administrator gave out.
    pub code: String,
    /// Wraps the key of the data folder where there is no OS key store.
    #[serde(default)]
    pub passphrase: Option<String>,
    #[serde(default)]
    pub device_name: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UnlockRequest {
    pub passphrase: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LoginRequest {
    pub user: String,
    pub password: String,
}
