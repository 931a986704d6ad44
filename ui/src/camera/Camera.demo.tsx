import { useState } from "react";
import { VISITS, fixtureUrl } from "../photo/fixture";
import { CameraButton } from "./CameraButton";

export const title = "Camera";

/** Where there is no camera it says so; with Chromium's made-up one it shows moving pictures. */
export function Demo() {
  const [files, setFiles] = useState<File[]>([]);
  const [ghost] = VISITS;
  const keep = (file: File) => setFiles((all) => [...all, file]);
  return (
    <>
      <CameraButton onPhoto={keep} {...(ghost ? { ghost: { src: fixtureUrl(ghost.hash), name: ghost.name, photo: ghost } } : {})} />
      <ol data-testid="demo-photos">
        {files.map((file, i) => (
          <li key={i}>{`${file.name} ${file.type}`}</li>
        ))}
      </ol>
    </>
  );
}
