/** The screens before the rooms: 首次登记, 锁屏, 登录. */
import { type FormEvent, type ReactNode, useState } from "react";
import { useAppState, useDoor, usePrefs } from "../../app/session";
import { ThemeButton } from "../../app/ThemeButton";
import { languageOptions, m } from "../../i18n";
import { type ApiError, useTransport } from "../../ipc";
import { Button, ErrorNote, LinkButton, Select, TextField } from "../../kit";
import style from "./doors.module.css";

type DoorProps = { title: string; why: string; error: ApiError | null; children: ReactNode; verb: string; busy: boolean; ready: boolean; onGo: () => void; foot?: ReactNode };

function Door({ title, why, error, children, verb, busy, ready, onGo, foot }: DoorProps) {
  const [prefs, change] = usePrefs();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onGo();
  };
  return (
    <div className={style.page}>
      <header className={style.top}>
        <Select id="door-language" label={m.settings_language()} hideLabel options={languageOptions()} value={prefs.language} onChange={(language) => change({ language })} />
        <ThemeButton />
      </header>
      <main className={style.main}>
        <div className={style.card}>
          <div className={style.head}>
            <p className={style.brand}>{m.app_name()}</p>
            <h1 className={style.title}>{title}</h1>
            <p className={style.why}>{why}</p>
          </div>
          {error && <ErrorNote error={error} />}
          <form className={style.form} onSubmit={submit}>
            {children}
            <Button tone="primary" type="submit" wide isDisabled={!ready || busy}>
              {busy ? m.auth_working() : verb}
            </Button>
          </form>
          {foot && <div className={style.foot}>{foot}</div>}
        </div>
      </main>
    </div>
  );
}

export function SetupScreen() {
  const transport = useTransport();
  const { go, error, busy } = useDoor(transport.enrol);
  const [server, setServer] = useState("");
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  return (
    <Door
      title={m.auth_setup_title()}
      why={m.auth_setup_why()}
      error={error}
      verb={m.auth_setup_go()}
      busy={busy}
      ready={server.trim() !== "" && code.trim() !== ""}
      onGo={() => void go({ server_url: server.trim(), code: code.trim(), passphrase: passphrase === "" ? null : passphrase, device_name: name.trim() === "" ? null : name.trim() })}
      foot={m.auth_setup_foot()}
    >
      <TextField label={m.auth_server()} hint={m.auth_server_hint()} value={server} onChange={setServer} inputMode="url" autoComplete="off" required autoFocus id="enrol-server" />
      <TextField label={m.auth_code()} hint={m.auth_code_hint()} value={code} onChange={setCode} autoComplete="one-time-code" required id="enrol-code" />
      <TextField label={m.auth_device_name()} value={name} onChange={setName} autoComplete="off" id="enrol-name" />
      <TextField label={m.auth_passphrase()} hint={m.auth_passphrase_hint()} value={passphrase} onChange={setPassphrase} type="password" autoComplete="new-password" id="enrol-passphrase" />
    </Door>
  );
}

export function LockedScreen() {
  const transport = useTransport();
  const { go, error, busy } = useDoor(transport.unlock);
  const [passphrase, setPassphrase] = useState("");
  return (
    <Door title={m.auth_locked_title()} why={m.auth_locked_why()} error={error} verb={m.auth_unlock()} busy={busy} ready={passphrase !== ""} onGo={() => void go({ passphrase })}>
      <TextField label={m.auth_passphrase()} value={passphrase} onChange={setPassphrase} type="password" autoComplete="current-password" required autoFocus id="unlock-passphrase" />
    </Door>
  );
}

export function SignInScreen() {
  const [first, setFirst] = useState(false);
  return first ? <FirstStart onDone={() => setFirst(false)} /> : <SignIn onFirst={() => setFirst(true)} />;
}

function SignIn({ onFirst }: { onFirst: () => void }) {
  const transport = useTransport();
  const { data } = useAppState();
  const { go, error, busy } = useDoor(transport.login);
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  return (
    <Door
      title={m.auth_sign_in_title()}
      why={data?.town ? m.auth_sign_in_town({ town: data.town }) : m.auth_sign_in_why()}
      error={error}
      verb={m.auth_sign_in()}
      busy={busy}
      ready={user.trim() !== "" && password !== ""}
      onGo={() => void go({ user: user.trim(), password })}
      foot={<LinkButton onPress={onFirst}>{m.auth_first_start()}</LinkButton>}
    >
      <TextField label={m.auth_user()} value={user} onChange={setUser} autoComplete="username" required autoFocus id="sign-in-user" name="user" />
      <TextField label={m.auth_password()} value={password} onChange={setPassword} type="password" autoComplete="current-password" required id="sign-in-password" name="password" />
    </Door>
  );
}

/** The very first account: the server printed a one-time code when it started with an empty folder. */
function FirstStart({ onDone }: { onDone: () => void }) {
  const transport = useTransport();
  const { go, error, busy } = useDoor(async (...request: Parameters<typeof transport.setUp>) => {
    const state = await transport.setUp(...request);
    onDone();
    return state;
  });
  const [code, setCode] = useState("");
  const [town, setTown] = useState("");
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  return (
    <Door
      title={m.auth_first_title()}
      why={m.auth_first_why()}
      error={error}
      verb={m.auth_first_go()}
      busy={busy}
      ready={code.trim() !== "" && user.trim() !== "" && password !== ""}
      onGo={() => void go({ code: code.trim(), user: user.trim(), password, town_name: town.trim() === "" ? null : town.trim() })}
      foot={<LinkButton onPress={onDone}>{m.auth_back_to_sign_in()}</LinkButton>}
    >
      <TextField label={m.auth_setup_code()} hint={m.auth_setup_code_hint()} value={code} onChange={setCode} autoComplete="one-time-code" required autoFocus id="first-code" />
      <TextField label={m.auth_town_name()} value={town} onChange={setTown} autoComplete="organization" id="first-town" />
      <TextField label={m.auth_user()} hint={m.auth_user_hint()} value={user} onChange={setUser} autoComplete="username" required id="first-user" name="user" error={fieldError(error, "user")} />
      <TextField label={m.auth_password()} hint={m.auth_password_hint()} value={password} onChange={setPassword} type="password" autoComplete="new-password" required id="first-password" name="password" error={fieldError(error, "password")} />
    </Door>
  );
}

function fieldError(error: ApiError | null, field: string): string | null {
  return error?.field === field ? m.auth_look_here() : null;
}
