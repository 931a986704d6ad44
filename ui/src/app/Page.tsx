import { type ReactNode, useEffect } from "react";
import { m } from "../i18n";
import { cx } from "../kit";
import style from "./Page.module.css";

export type PageProps = {
  title: string;
  /** Beside the title. */
  aside?: ReactNode;
  /** At the right end of the title line. */
  end?: ReactNode;
  children: ReactNode;
  /** Fills the height; its own parts scroll. */
  fill?: boolean;
};

/** The frame of a screen: one `h1`, a title line, the content. */
export function Page({ title, aside, end, children, fill }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${m.app_name()}`;
  }, [title]);
  return (
    <div className={cx(style.page, fill && style.fill)}>
      <div className={style.head}>
        <h1 className={style.title}>{title}</h1>
        {aside && <div className={style.aside}>{aside}</div>}
        {end && <div className={style.end}>{end}</div>}
      </div>
      {children}
    </div>
  );
}
