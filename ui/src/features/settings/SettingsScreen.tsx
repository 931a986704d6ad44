import { Link } from "@tanstack/react-router";
import { Page } from "../../app/Page";
import { SCALES, THEMES } from "../../app/look";
import { mayRecord } from "../../app/rail";
import { usePrefs, useReadyState } from "../../app/session";
import { themeName } from "../../app/ThemeButton";
import { languageOptions, m } from "../../i18n";
import type { KeyProtection } from "../../ipc";
import { CheckBox, SectionHeading, Tiles } from "../../kit";
import { StampSetting } from "./StampSetting";
import { WatchSetting } from "./WatchSetting";
import style from "./Settings.module.css";

/** 设置: every choice acts at once; there is nothing to save. */
export function SettingsScreen() {
  const { host, user } = useReadyState();
  const [prefs, change] = usePrefs();
  return (
    <Page title={m.app_settings()} aside={<span>{m.settings_note()}</span>}>
      <div className={style.parts}>
        <Tiles id="set-language" label={m.settings_language()} options={languageOptions()} value={prefs.language} onChange={(language) => change({ language })} />
        <Tiles
          id="set-theme"
          label={m.settings_theme()}
          hint={m.settings_theme_hint()}
          options={THEMES.map((value) => ({ value, label: themeName(value) }))}
          value={prefs.theme}
          onChange={(theme) => change({ theme })}
        />
        <Tiles
          id="set-scale"
          label={m.settings_scale()}
          options={SCALES.map((n) => ({ value: String(n), label: m.settings_percent({ n }) }))}
          value={String(prefs.text_scale)}
          onChange={(n) => change({ text_scale: Number(n) })}
        />
        <section className={style.part}>
          <SectionHeading>{m.settings_keys()}</SectionHeading>
          <CheckBox isSelected={prefs.letter_keys} onChange={(letter_keys) => change({ letter_keys })}>
            {m.settings_letter_keys()}
          </CheckBox>
          <p className={style.hint}>{m.settings_letter_keys_hint()}</p>
        </section>
        {host === "desktop" && mayRecord(user?.roles ?? []) && <WatchSetting />}
        <section className={style.part}>
          <SectionHeading>{m.calendar_title()}</SectionHeading>
          <Link to="/calendar">{m.calendar_open()}</Link>
          <SectionHeading>{m.access_own()}</SectionHeading>
          <p className={style.hint}>{m.access_own_note()}</p>
          <Link to="/access" search={{}}>
            {m.access_own_open()}
          </Link>
        </section>
        <StampSetting />
        <About />
      </div>
    </Page>
  );
}

const PROTECTION: Record<KeyProtection, () => string> = {
  os_key_store: m.settings_key_os,
  passphrase: m.settings_key_passphrase,
  user_file: m.settings_key_file,
  server: m.settings_key_server,
};

function About() {
  const state = useReadyState();
  const rows: Array<[string, string | null | undefined]> = [
    [m.settings_version(), state.version],
    [m.settings_town(), state.town],
    [m.settings_server(), state.server_url],
    [m.settings_user(), state.user?.name],
    [m.settings_device(), state.device?.name],
    [m.settings_device_id(), state.device?.id],
    [m.settings_protection(), state.key_protection && PROTECTION[state.key_protection]()],
  ];
  return (
    <section className={style.part} aria-label={m.settings_about()}>
      <SectionHeading>{m.settings_about()}</SectionHeading>
      <dl className={style.about}>
        {rows.map(([name, value]) =>
          value ? (
            <div key={name} className={style.aboutRow}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}
