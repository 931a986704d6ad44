/** What was filled in. Each fact is edited where it stands; the earlier value stays in the timeline. */
import { Pencil } from "lucide-react";
import { useState } from "react";
import { FieldInput } from "../../form/FieldInput";
import { m, say, sayFirst } from "../../i18n";
import { type ApiError, asApiError, type CaseView, type Catalogue, type Category, type FactView, type FieldValue, useWrite } from "../../ipc";
import { Button, Card, Chip, ErrorNote, IconButton, SectionHeading, toast } from "../../kit";
import { Marked } from "../../form/Marked";
import css from "./Case.module.css";
import { emptied, fieldOf } from "./field";

type Props = { view: CaseView; catalogue: Catalogue; category: Category | undefined };

export function FactsCard({ view, catalogue, category }: Props) {
  const [editing, setEditing] = useState<string>();
  return (
    <Card label={m.case_facts()}>
      <SectionHeading>{m.case_facts()}</SectionHeading>
      <dl className={css.facts} data-testid="case-facts">
        {view.facts.map((fact) =>
          editing === fact.key ? (
            <EditFact key={fact.key} caseId={view.card.id} fact={fact} catalogue={catalogue} category={category} onDone={() => setEditing(undefined)} />
          ) : (
            <div key={fact.key} className={css.fact} data-testid={`fact-${fact.key}`}>
              <dt>{sayFirst(fact.label)}</dt>
              <dd>
                <span className={css.factText}>
                  {fact.value === null ? <span className={css.quiet}>{m.case_not_filled()}</span> : `${say(fact.text)}${fact.unit ? ` ${fact.unit}` : ""}`}{" "}
                  {fact.in_conflict && <Chip tone="today">{m.case_two_versions()}</Chip>}
                </span>
                {fact.editable && (
                  <Marked name={`edit-${fact.key}`}>
                    <IconButton dense label={m.case_edit({ label: say(fact.label) })} icon={<Pencil aria-hidden="true" />} onPress={() => setEditing(fact.key)} />
                  </Marked>
                )}
              </dd>
            </div>
          ),
        )}
      </dl>
    </Card>
  );
}

type EditProps = { caseId: string; fact: FactView; catalogue: Catalogue; category: Category | undefined; onDone: () => void };

function EditFact({ caseId, fact, catalogue, category, onDone }: EditProps) {
  const edit = useWrite("case.edit");
  const field = fieldOf(fact, category, catalogue);
  const [value, setValue] = useState<FieldValue | undefined>(fact.value ?? undefined);
  const [error, setError] = useState<ApiError>();
  const save = async () => {
    setError(undefined);
    const before = fact.value;
    try {
      await edit.mutateAsync({ id: caseId, field: fact.key, value: value ?? emptied(field) });
      const undo = () => edit.mutate({ id: caseId, field: fact.key, value: before ?? emptied(field) });
      toast(m.case_edited({ label: say(fact.label) }), { undo });
      onDone();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <div className={css.editing}>
      {/* A definition list may hold only terms and definitions: the editor is the definition of its term. */}
      <dt className="visually-hidden">{say(fact.label)}</dt>
      <dd>
        <Marked name={`field-${fact.key}`}>
          <FieldInput field={field} value={value} onChange={setValue} />
        </Marked>
        {error && <ErrorNote error={error} />}
        <div className={css.row}>
          <Marked name={`save-${fact.key}`}>
            <Button tone="primary" isDisabled={edit.isPending} onPress={() => void save()}>
              {m.case_save_edit()}
            </Button>
          </Marked>
          <Button onPress={onDone}>{m.kit_cancel()}</Button>
        </div>
      </dd>
    </div>
  );
}
