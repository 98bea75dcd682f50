import type { TrailRow } from "#protocol/hq/access.ts";
import { dateTimeText } from "../format.ts";
import { t } from "../translate.ts";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { fieldsOf, trailDiff } from "./trail-diff.ts";
import { trailWords } from "./trail-words.ts";

/** One change: which fields were what before and are what now, and what was asked for. */
export function TrailSheet({ entry, onClose }: { readonly entry: TrailRow; readonly onClose: () => void }) {
  const changes = trailDiff(entry.before, entry.after);
  const hasState = entry.before !== null || entry.after !== null;
  const asked = [...fieldsOf(entry.asked)];
  return (
    <Sheet
      title={`${trailWords(entry)} · ${dateTimeText(entry.at)}`}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <p className="mb-4 break-all text-soft">
        {entry.call}
        {entry.subject.id !== "" && ` · ${entry.subject.id}`}
      </p>
      {entry.refusal !== "" && <p className="mb-4 text-danger">{entry.refusal}</p>}
      {entry.outcome === "begun" && <p className="mb-4 text-warn">{t("auditLog.begun.lead")}</p>}
      {entry.outcome === "done" && hasState && (
        <section className="mb-5">
          <h3 className="mb-2 font-semibold">{t("auditLog.changes")}</h3>
          {changes.length === 0 ? (
            <p className="text-soft">{t("auditLog.unchanged")}</p>
          ) : (
            <Table
              label={t("auditLog.changes")}
              columns={[
                { title: t("auditLog.field") },
                { title: t("auditLog.before") },
                { title: t("auditLog.after") },
              ]}
            >
              {changes.map(({ field, before, after }) => (
                <Row key={field}>
                  <Cell className="break-all font-medium">{field}</Cell>
                  <Cell className="break-all">{before ?? <Nothing />}</Cell>
                  <Cell className="break-all">{after ?? <Nothing />}</Cell>
                </Row>
              ))}
            </Table>
          )}
        </section>
      )}
      {asked.length > 0 && (
        <section>
          <h3 className="mb-2 font-semibold">{t("auditLog.asked")}</h3>
          <Table
            label={t("auditLog.asked")}
            columns={[{ title: t("auditLog.field") }, { title: t("auditLog.value") }]}
          >
            {asked.map(([field, value]) => (
              <Row key={field}>
                <Cell className="break-all font-medium">{field}</Cell>
                <Cell className="break-all">{value}</Cell>
              </Row>
            ))}
          </Table>
        </section>
      )}
    </Sheet>
  );
}

function Nothing() {
  return <span className="text-soft italic">{t("auditLog.nothing")}</span>;
}
