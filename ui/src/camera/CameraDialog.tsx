/** 拍照: each press of the button is a photo, saved at once. The photo from before lies faintly over it, so that one stands at the same spot. */
import { CameraOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useCommands } from "../command";
import { m } from "../i18n";
import { Button, CheckBox, Dialog, Select } from "../kit";
import css from "./Camera.module.css";
import { Covers } from "../photo/Covers";
import type { Standpoint } from "../photo/StandAgain";
import { type CameraProblem, useCamera } from "./useCamera";

export type CameraProps = { onPhoto: (file: File) => void; onClose: () => void; ghost?: Standpoint | undefined };

const PROBLEMS: Record<CameraProblem, () => string> = {
  unsupported: m.camera_unsupported,
  insecure: m.camera_insecure,
  denied: m.camera_denied,
  none: m.camera_none,
  busy: m.camera_busy,
  lost: m.camera_lost,
  failed: m.camera_failed,
};

export default function CameraDialog({ onPhoto, onClose, ghost }: CameraProps) {
  const [device, setDevice] = useState("");
  const { video, state, devices, take, again } = useCamera(device);
  const last = useRef<HTMLCanvasElement>(null);
  const shutter = useRef<HTMLButtonElement>(null);
  const [count, setCount] = useState(0);
  const [faint, setFaint] = useState(true);
  const live = state.phase === "live";
  const press = async () => {
    const file = await take(last.current);
    if (file === null) return;
    setCount((n) => n + 1);
    onPhoto(file);
  };
  // A button that cannot be pressed yet does not take the focus: it gets it with the picture.
  useEffect(() => {
    if (live) shutter.current?.focus();
  }, [live]);
  useCommands([{ id: "camera.take", scope: "dialog", keys: ["Space", "Enter"], label: m.camera_take(), hidden: true, when: live, run: () => void press() }]);
  return (
    <Dialog
      wide
      title={m.camera_title()}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{count === 0 ? m.kit_cancel() : m.camera_done()}</Button>
          <Button ref={shutter} tone="primary" keys="Space" isDisabled={!live} onPress={() => void press()}>
            {m.camera_take()}
          </Button>
        </>
      }
    >
      <div className={css.camera}>
        <div className={css.view}>
          {/* Sound is never asked for: there is nothing to caption. */}
          <video ref={video} className={css.video} muted playsInline hidden={!live} aria-label={m.camera_view()} data-testid="camera-video" />
          {live && ghost && faint && (
            <span className={css.ghost} data-testid="camera-ghost">
              <img src={ghost.src} alt={ghost.name} draggable={false} />
              <Covers photo={ghost.photo} fit="contain" />
            </span>
          )}
          {state.phase === "asking" && <p role="status">{m.camera_asking()}</p>}
          {state.phase === "problem" && (
            <div className={css.problem} role="alert">
              <CameraOff aria-hidden="true" size={32} />
              <p>{PROBLEMS[state.problem]()}</p>
              <p>{m.camera_otherwise()}</p>
              {state.problem !== "unsupported" && state.problem !== "insecure" && <Button onPress={again}>{m.camera_again()}</Button>}
            </div>
          )}
        </div>
        <div className={css.side}>
          {devices.length > 1 && (
            <Select
              label={m.camera_which()}
              options={devices.map((d, at) => ({ value: d.id, label: d.label || m.camera_nameless({ n: at + 1 }) }))}
              value={device || (devices[0]?.id ?? "")}
              onChange={setDevice}
            />
          )}
          {live && <p className={css.quiet}>{m.camera_size({ width: state.width, height: state.height })}</p>}
          {ghost && live && (
            <CheckBox isSelected={faint} onChange={setFaint}>
              {m.camera_ghost()}
            </CheckBox>
          )}
          <figure className={css.last} hidden={count === 0}>
            <canvas ref={last} role="img" aria-label={m.camera_last()} />
            <figcaption role="status">{m.camera_count({ count })}</figcaption>
          </figure>
          <p className={css.quiet}>{m.camera_note()}</p>
        </div>
      </div>
    </Dialog>
  );
}
