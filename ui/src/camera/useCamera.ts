/** The machine's own camera: asked for when it is opened, let go when it is closed. */
import { useCallback, useEffect, useRef, useState } from "react";

/** Why there is no picture to see. `unsupported`: this web view has no cameras at all; `insecure`: browsers give them to https and this machine only. */
export type CameraProblem = "unsupported" | "insecure" | "denied" | "none" | "busy" | "lost" | "failed";
export type CameraState = { phase: "asking" } | { phase: "live"; width: number; height: number } | { phase: "problem"; problem: CameraProblem };
export type CameraDevice = { id: string; label: string };

/** The largest picture the camera gives: it is evidence, not a video call. */
const WANTED = { width: { ideal: 4096 }, height: { ideal: 3072 } };
const QUALITY = 0.95;

function problemOf(thrown: unknown): CameraProblem {
  switch (thrown instanceof DOMException ? thrown.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "failed";
  }
}

/** `camera-20261125-101502-HD_Webcam.jpg`, in the machine's own time; without the maker's numbers a label ends with. */
export function photoName(at: Date, label = ""): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  const camera = label
    .replace(/\([0-9a-f]{4}:[0-9a-f]{4}\)\s*$/iu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/gu, "")
    .slice(0, 40);
  return `${["camera", day, `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`, camera].filter(Boolean).join("-")}.jpg`;
}

export function useCamera(device: string) {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>({ phase: "asking" });
  const [devices, setDevices] = useState<readonly CameraDevice[]>([]);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let gone = false;
    let stream: MediaStream | undefined;
    const media = navigator.mediaDevices as MediaDevices | undefined;
    const stop = () => stream?.getTracks().forEach((track) => track.stop());
    const open = async () => {
      setState({ phase: "asking" });
      if (media?.getUserMedia === undefined) {
        setState({ phase: "problem", problem: window.isSecureContext ? "unsupported" : "insecure" });
        return;
      }
      try {
        stream = await media.getUserMedia({ audio: false, video: { ...WANTED, ...(device === "" ? { facingMode: "environment" } : { deviceId: { exact: device } }) } });
        const shown = video.current;
        if (gone || shown === null) {
          stop();
          return;
        }
        // Unplugged while it runs.
        stream.getVideoTracks()[0]?.addEventListener("ended", () => !gone && setState({ phase: "problem", problem: "lost" }));
        shown.srcObject = stream;
        await shown.play();
        // Names are told only to those who may see.
        const all = await media.enumerateDevices();
        if (gone) return;
        setDevices(all.filter((d) => d.kind === "videoinput").map((d) => ({ id: d.deviceId, label: d.label })));
        setState({ phase: "live", width: shown.videoWidth, height: shown.videoHeight });
      } catch (thrown) {
        stop();
        if (!gone) setState({ phase: "problem", problem: problemOf(thrown) });
      }
    };
    void open();
    return () => {
      gone = true;
      stop();
    };
  }, [device, turn]);

  /** What is seen now, as a file; also drawn into `last`. */
  const take = useCallback(async (last: HTMLCanvasElement | null): Promise<File | null> => {
    const shown = video.current;
    if (shown === null || shown.videoWidth === 0) return null;
    const at = new Date();
    const label = (shown.srcObject as MediaStream | null)?.getVideoTracks()[0]?.label;
    const canvas = last ?? document.createElement("canvas");
    canvas.width = shown.videoWidth;
    canvas.height = shown.videoHeight;
    canvas.getContext("2d")?.drawImage(shown, 0, 0);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return blob && new File([blob], photoName(at, label), { type: "image/jpeg", lastModified: at.getTime() });
  }, []);

  return { video, state, devices, take, again: useCallback(() => setTurn((n) => n + 1), []) };
}
