/** 照片未到: photos that records name and the town does not have, by the laptop they are on. */
import { Link } from "@tanstack/react-router";
import { Page } from "../../app/Page";
import { useReadyState } from "../../app/session";
import { m } from "../../i18n";
import { bytesText, countText, moment } from "../../i18n/format";
import { type MissingOfLaptop, type MissingPhoto, useRead } from "../../ipc";
import { Card, Chip, EmptyState, ErrorNote, SectionHeading, Skeleton } from "../../kit";
import css from "./Missing.module.css";
import { alarmTone, ofWords, waitWords } from "./words";

export function MissingScreen() {
  const { host } = useReadyState();
  const { data, error, refetch } = useRead("photo.missing", {});
  return (
    <Page title={m.missing_title()} aside={data && <span role="status">{m.missing_count({ count: data.count })}</span>}>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={6} />}
      {data && data.count === 0 && (
        <EmptyState title={host === "web" ? m.missing_none() : m.missing_on_web()} why={host === "web" ? m.missing_none_why() : m.missing_on_web_why()}>
          <Link to="/sync">{m.app_go_to({ place: m.app_sync() })}</Link>
        </EmptyState>
      )}
      <div className={css.laptops}>
        {data?.laptops.map((laptop) => (
          <Laptop key={laptop.device} laptop={laptop} />
        ))}
      </div>
    </Page>
  );
}

function Laptop({ laptop }: { laptop: MissingOfLaptop }) {
  const { name, user, count, bytes, days, alarm, photos } = laptop;
  const title = user === "" ? name : m.missing_laptop({ user, name });
  return (
    <Card label={title}>
      <SectionHeading count={count} note={bytesText(bytes)} end={<Chip tone={alarmTone(alarm)}>{waitWords(days)}</Chip>}>
        {title}
      </SectionHeading>
      <p className={css.cure}>{laptop.revoked ? m.missing_cure_revoked() : m.missing_cure({ name: user === "" ? name : user })}</p>
      <ul className={css.photos}>
        {photos.map((photo) => (
          <Photo key={photo.hash} photo={photo} />
        ))}
      </ul>
      {count > photos.length && <p className={css.more}>{m.missing_more({ count: countText(count - photos.length) })}</p>}
    </Card>
  );
}

function Photo({ photo }: { photo: MissingPhoto }) {
  return (
    <li className={css.photo}>
      <span className={css.name}>{photo.name === "" ? ofWords(photo.of) : photo.name}</span>
      {photo.case_id === null ? (
        <span />
      ) : (
        <Link to="/cases/$id" params={{ id: photo.case_id }} search={{}} className={css.case}>
          {photo.case_no === null || photo.case_no === "" ? m.sync_case() : photo.case_no}
        </Link>
      )}
      <span className={css.quiet}>{bytesText(photo.bytes)}</span>
      <span className={css.quiet}>{moment(photo.named_ms)}</span>
      <Chip tone={alarmTone(photo.alarm)} plain>
        {waitWords(photo.days)}
      </Chip>
    </li>
  );
}
