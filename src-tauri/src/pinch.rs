//! WebKitGTK takes two fingers as "zoom the whole page"; the page has its own zoom for photos.

#[cfg(not(target_os = "linux"))]
pub fn disable<R: tauri::Runtime>(_window: &tauri::WebviewWindow<R>) {}

/// Takes the zoom gesture before WebKit sees it.
#[cfg(target_os = "linux")]
pub fn disable<R: tauri::Runtime>(window: &tauri::WebviewWindow<R>) {
    use gtk::prelude::{EventControllerExt as _, GestureExt as _};
    let outcome = window.with_webview(|webview| {
        let gesture = gtk::GestureZoom::new(&webview.inner());
        gesture.set_propagation_phase(gtk::PropagationPhase::Capture);
        gesture.connect_begin(|gesture, _| {
            gesture.set_state(gtk::EventSequenceState::Claimed);
        });
        // The widget does not keep a gesture; this one lives as long as the window.
        std::mem::forget(gesture);
    });
    if let Err(error) = outcome {
        eprintln!("xunju: pinch zoom stays on: {error}");
    }
}
