import { CameraButton } from "./CameraButton";

export const title = "Camera";

/** Where there is no camera it says so; with Chromium's made-up one it shows moving pictures. */
export function Demo() {
  return <CameraButton onPhoto={() => undefined} />;
}
