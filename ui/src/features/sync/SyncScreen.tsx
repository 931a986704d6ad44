import { Link } from "@tanstack/react-router";
import { Usb } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Page } from "../../app/Page";
import { isOffice } from "../../app/rail";
import { useReadyState } from "../../app/session";
import { chipText } from "../../app/syncWords";
import { m } from "../../i18n";
import { bytesText, countText, moment } from "../../i18n/format";
import { type KeptView, type SyncView, useRead } from "../../ipc";
import { Button, Card, EmptyState, ErrorNote, SectionHeading, Skeleton } from "../../kit";
import { SyncItemRow } from "./SyncItemRow";
import style from "./Sync.module.css";

const RescueDialog = lazy(() => import("./RescueDialog"));

/** 同步: what is undelivered in one line, why if it is stuck, then item by item up to the receipt. */
export function SyncScreen() {
  const { data, error, refetch } = useRead("sync.status", {}, { refetchInterval: 3000 });
  return (
    <Page title={m.app_sync()} aside={data && <span role="status">{chipText(data)}</span>}>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data ? <Outbox sync={data} /> : !error && <Skeleton lines={6} />}
    </Page>
  );
}

function Outbox({ sync }: { sync: SyncView }) {
  const { host, device, user } = useReadyState();
  const delivered = sync.items.filter((i) => i.state === "received" || i.state === "verified");
  const open = sync.items.filter((i) => i.state !== "received" && i.state !== "verified");
  return (
    <>
      <Card label={m.sync_summary()}>
        <p className={style.line}>{host === "web" && sync.items.length === 0 ? m.sync_line_web() : undeliveredLine(sync)}</p>
        <dl className={style.facts}>
          <Fact name={m.sync_server()} value={sync.server_url ?? (host === "web" ? window.location.host : m.sync_none_yet())} />
          {device && <Fact name={m.sync_device()} value={device.name} />}
          <Fact name={m.sync_last()} value={sync.last_sync_ms === null ? m.sync_none_yet() : moment(sync.last_sync_ms)} />
          <KeptFacts kept={sync.kept} />
        </dl>
        {host === "web" && isOffice(user?.roles ?? []) && (
          <p className={style.way}>
            <Link to="/missing" data-testid="to-missing">
              {m.missing_title()}
            </Link>
          </p>
        )}
      </Card>
      {sync.stuck && (
        <section aria-label={m.sync_stuck()}>
          <SectionHeading>{m.sync_stuck()}</SectionHeading>
          <ErrorNote error={sync.stuck} />
        </section>
      )}
      {(host === "desktop" || open.length > 0) && (
        <section aria-label={m.sync_open()}>
          <SectionHeading count={open.length} note={m.sync_open_note()}>
            {m.sync_open()}
          </SectionHeading>
          {host === "desktop" && open.length > 0 && <RescueButton />}
          {open.length === 0 ? (
            <EmptyState title={m.sync_all_sent()} why={m.sync_all_sent_why()} />
          ) : (
            <ul className={style.items}>
              {open.map((item) => (
                <SyncItemRow key={`${item.kind} ${item.id}`} item={item} />
              ))}
            </ul>
          )}
        </section>
      )}
      {delivered.length > 0 && (
        <section aria-label={m.sync_delivered()}>
          <SectionHeading count={delivered.length}>{m.sync_delivered()}</SectionHeading>
          <ul className={style.items}>
            {delivered.map((item) => (
              <SyncItemRow key={`${item.kind} ${item.id}`} item={item} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The way out without a network. */
function RescueButton() {
  const [open, setOpen] = useState(false);
  return (
    <div className={style.way}>
      <Button icon={<Usb aria-hidden="true" />} onPress={() => setOpen(true)} id="rescue">
        {m.sync_rescue()}
      </Button>
      <Suspense fallback={null}>{open && <RescueDialog onClose={() => setOpen(false)} />}</Suspense>
    </div>
  );
}

function KeptFacts({ kept }: { kept: KeptView }) {
  const { freeable_photos, freed_photos } = kept;
  const originals = [
    ...(freeable_photos > 0 ? [m.sync_freeable({ count: countText(freeable_photos), bytes: bytesText(kept.freeable_bytes) })] : []),
    ...(freed_photos > 0 ? [m.sync_freed({ count: countText(freed_photos) })] : []),
  ];
  return (
    <>
      <Fact name={m.sync_backed()} value={backedWords(kept)} />
      {kept.stamped_ms !== null && <Fact name={m.sync_stamped()} value={moment(kept.stamped_ms)} />}
      {originals.length > 0 && <Fact name={m.sync_originals()} value={originals.join(" · ")} />}
    </>
  );
}

function backedWords({ backed_ms, not_backed }: KeptView): string {
  if (backed_ms === null) return m.sync_backed_none();
  return not_backed === 0 ? moment(backed_ms) : m.sync_backed_since({ time: moment(backed_ms), count: countText(not_backed) });
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** `本机未送达：记录 12 · 照片 37（168 MB）· 最早 09-25 · 上次同步 17:42` */
export function undeliveredLine(sync: SyncView): string {
  if (sync.pending_events + sync.pending_photos === 0) return m.sync_line_none();
  return m.sync_line({
    events: sync.pending_events,
    photos: sync.pending_photos,
    bytes: bytesText(sync.pending_bytes),
    oldest: sync.oldest_ms === null ? "–" : moment(sync.oldest_ms),
    last: sync.last_sync_ms === null ? m.sync_none_yet() : moment(sync.last_sync_ms),
  });
}
