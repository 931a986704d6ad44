import { Camera } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { m } from "../i18n";
import { Button } from "../kit";
import type { Standpoint } from "../photo/StandAgain";

const CameraDialog = lazy(() => import("./CameraDialog"));

/** The way to the machine's own camera. It says there is none only when it is asked for: then a person can plug one in. */
export function CameraButton({ onPhoto, ghost }: { onPhoto: (file: File) => void; ghost?: Standpoint | undefined }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Camera aria-hidden="true" />} onPress={() => setOpen(true)}>
        {m.camera_open()}
      </Button>
      {open && (
        <Suspense>
          <CameraDialog onPhoto={onPhoto} ghost={ghost} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
