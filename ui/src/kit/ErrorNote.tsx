import { CircleAlert, CloudOff } from "lucide-react";
import type { ReactNode } from "react";
import { m } from "../i18n";
import type { ApiError } from "../ipc/api.gen";
import { Button } from "./Button";
import { cx } from "./classes";
import { errorWords } from "./errorWords";
import style from "./ErrorNote.module.css";

/** A code as three sentences. Being offline is normal: grey, not red. */
export function ErrorNote({ error, onRetry, children }: { error: ApiError; onRetry?: () => void; children?: ReactNode }) {
  const { what, safe, next } = errorWords(error);
  const calm = error.code === "offline";
  const Sign = calm ? CloudOff : CircleAlert;
  return (
    <div className={cx(style.note, calm && style.calm)} role="alert">
      <Sign aria-hidden="true" className={style.sign} />
      <div className={style.body}>
        <p className={style.what}>{what}</p>
        <p>{safe}</p>
        <p>{next}</p>
        {(onRetry || children) && (
          <div className={style.acts}>
            {onRetry && <Button onPress={onRetry}>{m.error_retry()}</Button>}
            {children}
          </div>
        )}
        <p className={style.code}>{m.error_code({ code: errorCodeText(error) })}</p>
      </div>
    </div>
  );
}

function errorCodeText(error: ApiError): string {
  const params = Object.entries(error.params).map(([k, v]) => `${k}=${v}`);
  return [error.code, error.field, ...params].filter(Boolean).join(" ");
}
