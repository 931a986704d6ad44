/** 证据包 of a case: everything that proves it, in one file that anybody can check. */
import { useState } from "react";
import { Marked } from "../../form/Marked";
import { m } from "../../i18n";
import { type ApiError, asApiError, type BundleFile, useWrite } from "../../ipc";
import { Button, Card, ErrorNote, SectionHeading, TextField, toast } from "../../kit";
import css from "./Copy.module.css";
import { fetchFile } from "../../ipc/fetchFile";

export default function BundleCard({ caseId }: { caseId: string }) {
  const write = useWrite("bundle.export");
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<ApiError>();
  const [done, setDone] = useState<BundleFile>();
  const save = async () => {
    setError(undefined);
    try {
      const file = await write.mutateAsync({ case_id: caseId, reason });
      if (file.url !== null) fetchFile(file.url, file.name);
      toast(file.path === null ? m.photo_copy_done({ name: file.name }) : m.photo_copy_saved({ path: file.path }), { tone: "done" });
      setDone(file);
      setOpen(false);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <Card label={m.photo_bundle()}>
      <div className={css.form}>
        <SectionHeading note={m.photo_bundle_note()}>{m.photo_bundle()}</SectionHeading>
        {done && (
          <p role="status" data-testid="bundle-done">
            {m.photo_bundle_done({ originals: done.originals })} {done.absent > 0 && m.photo_bundle_absent({ count: done.absent })} {!done.contact_sheet && m.photo_bundle_no_sheet()}
          </p>
        )}
        {open && (
          <Marked name="bundle-reason">
            <TextField label={m.photo_copy_purpose()} hint={m.photo_bundle_hint()} required autoFocus value={reason} onChange={setReason} />
          </Marked>
        )}
        {error && <ErrorNote error={error} />}
        <div className={css.row}>
          {open ? (
            <>
              <Marked name="bundle-save">
                <Button tone="primary" isDisabled={write.isPending || reason.trim() === ""} onPress={() => void save()}>
                  {m.photo_bundle_save()}
                </Button>
              </Marked>
              <Button onPress={() => setOpen(false)}>{m.kit_cancel()}</Button>
            </>
          ) : (
            <Marked name="bundle-open">
              <Button onPress={() => setOpen(true)}>{m.photo_bundle_open()}</Button>
            </Marked>
          )}
        </div>
      </div>
    </Card>
  );
}
