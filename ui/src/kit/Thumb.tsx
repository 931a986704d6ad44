import { ImageOff } from "lucide-react";
import { useState } from "react";
import { cx } from "./classes";
import style from "./Thumb.module.css";

/** A small picture beside words that already say what it is; a sign where there is none. */
export function Thumb({ src, small }: { src: string | null; small?: boolean }) {
  const [broken, setBroken] = useState<string | null>(null);
  return (
    <span className={cx(style.thumb, small && style.small)} aria-hidden="true">
      {src === null || broken === src ? <ImageOff /> : <img src={src} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setBroken(src)} />}
    </span>
  );
}
