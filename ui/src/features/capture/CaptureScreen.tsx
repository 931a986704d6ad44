/** 新建案件: opens a draft (a new one, or one left earlier) and everything the form is drawn from. */
import { useCallback, useEffect, useRef, useState } from "react";
import { Page } from "../../app/Page";
import { m } from "../../i18n";
import { type ApiError, asApiError, type DraftNewRequest, type DraftView, type Recorded, useRead, useTransport } from "../../ipc";
import { ErrorNote, Skeleton } from "../../kit";
import { CaptureForm } from "./CaptureForm";
import { RecordedPanel } from "./RecordedPanel";

export type CaptureScreenProps = {
  /** A draft to go on with; a new one when none. */
  draftId?: string | undefined;
  /** A draft is open: the address may name it. */
  onDraft: (id: string) => void;
  /** Esc, or done: back to 今天. */
  onLeave: () => void;
  onOpenCase: (id: string) => void;
};

export function CaptureScreen({ draftId, onDraft, onLeave, onOpenCase }: CaptureScreenProps) {
  const transport = useTransport();
  const catalogue = useRead("catalogue.get", {});
  const [opened, setOpened] = useState<DraftView>();
  const [fresh, setFresh] = useState(false);
  const [recorded, setRecorded] = useState<Recorded>();
  const [error, setError] = useState<ApiError>();
  const asked = useRef<string>(undefined);

  const here = useRef(true);
  const named = useRef<string>(undefined);
  const tell = useRef(onDraft);
  tell.current = onDraft;

  const start = useCallback(
    (request: DraftNewRequest) => {
      setRecorded(undefined);
      transport
        .call("draft.new", request)
        .then((view) => {
          if (!here.current) {
            // The screen was left before the answer came: nobody will write into this draft.
            void transport.call("draft.discard", { id: view.id }).catch(() => {});
            return;
          }
          asked.current = view.id;
          setFresh(true);
          setOpened(view);
          tell.current(view.id);
        })
        .catch((thrown: unknown) => setError(asApiError(thrown)));
    },
    [transport],
  );

  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);

  useEffect(() => {
    // The address lost its draft (新建案件 asked for again): begin anew.
    if (draftId === undefined && named.current !== undefined) asked.current = undefined;
    named.current = draftId;
    const wanted = draftId ?? "new";
    if (asked.current === wanted || (draftId === undefined && asked.current !== undefined)) return;
    asked.current = wanted;
    setError(undefined);
    if (draftId === undefined) {
      start({ compound_id: null, building: null, pin: null });
      return;
    }
    setFresh(false);
    transport
      .call("draft.get", { id: draftId })
      .then((view) => asked.current === draftId && setOpened(view))
      .catch((thrown: unknown) => {
        const why = asApiError(thrown);
        // A link to a draft that was recorded or thrown away meanwhile begins a new one.
        if (why.code === "not_found") start({ compound_id: null, building: null, pin: null });
        else setError(why);
      });
  }, [draftId, transport, start]);

  const problem = error ?? catalogue.error;
  if (problem) {
    return (
      <Page title={m.capture_title()}>
        <ErrorNote error={problem} />
      </Page>
    );
  }
  if (recorded && opened) {
    const again = () => start({ compound_id: opened.content.compound_id, building: opened.content.building, pin: null });
    return <RecordedPanel recorded={recorded} onAgain={again} onOpenCase={onOpenCase} onLeave={onLeave} />;
  }
  if (!opened || !catalogue.data) {
    return (
      <Page title={m.capture_title()}>
        <Skeleton lines={8} />
      </Page>
    );
  }
  return (
    <CaptureForm
      key={opened.id}
      opened={opened}
      fresh={fresh}
      catalogue={catalogue.data}
      onLeave={onLeave}
      onOpenCase={onOpenCase}
      onRecorded={(done, content, next) => {
        if (next) start({ compound_id: content.compound_id, building: content.building, pin: null });
        else {
          setOpened({ ...opened, content });
          setRecorded(done);
        }
      }}
    />
  );
}
