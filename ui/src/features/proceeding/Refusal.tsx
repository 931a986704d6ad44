/** An error of this part: beside the usual three sentences the rule that stands in the way and its article. */
import { m, say } from "../../i18n";
import { type ApiError, useRead } from "../../ipc";
import { ErrorNote } from "../../kit";
import css from "./Proceeding.module.css";
import { paramWords, partyFieldWords } from "./words";

export function Refusal({ error }: { error: ApiError }) {
  const rules = useRead("proceeding.rules", {});
  const rule = rules.data?.find((r) => r.code === error.params.reason);
  const field = error.field === null ? null : partyOrParam(error.field);
  return (
    <ErrorNote error={error}>
      {(rule || field) && (
        <p data-testid="refusal">
          {rule && <strong>{say(rule.label)}</strong>} {field}
          {rule && <span className={css.basis}>{m.proceeding_article({ article: rule.article })}</span>}
        </p>
      )}
    </ErrorNote>
  );
}

function partyOrParam(field: string): string {
  const asParam = paramWords(field);
  return asParam === field ? partyFieldWords(field) : asParam;
}
