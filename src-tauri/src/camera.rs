//! The laptop's camera in the window. WebKitGTK has it switched off, and then asks nobody: it is switched on here, for
//! pictures only, and no page but ours is ever in the window (tauri#5370).

#[cfg(not(target_os = "linux"))]
pub fn allow<R: tauri::Runtime>(_window: &tauri::WebviewWindow<R>) {}

/// Pictures are allowed, sound and everything else that could be asked for is not.
#[cfg(target_os = "linux")]
pub fn allow<R: tauri::Runtime>(window: &tauri::WebviewWindow<R>) {
    use gtk::glib::prelude::Cast as _;
    use webkit2gtk::{
        PermissionRequestExt as _, SettingsExt as _, UserMediaPermissionRequest, UserMediaPermissionRequestExt as _,
        WebViewExt as _,
    };
    let outcome = window.with_webview(|webview| {
        let view = webview.inner();
        if let Some(settings) = view.settings() {
            settings.set_enable_media_stream(true);
            // WebKit's own made-up camera, for tests on machines without one.
            settings.set_enable_mock_capture_devices(std::env::var_os("XUNJU_MOCK_CAMERA").is_some());
        }
        view.connect_permission_request(|_, request| {
            let pictures = request
                .downcast_ref::<UserMediaPermissionRequest>()
                .is_some_and(|media| media.is_for_video_device() && !media.is_for_audio_device());
            if pictures {
                request.allow()
            } else {
                request.deny()
            }
            true
        });
    });
    if let Err(error) = outcome {
        eprintln!("xunju: the camera stays off: {error}");
    }
}
