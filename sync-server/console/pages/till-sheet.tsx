import { type FormEvent, useCallback, useState } from "react";
import type { DeviceId } from "#domain/ids.ts";
import { tillText } from "#domain/store/till-text.ts";
import type { PairAnswer } from "#protocol/hq/console.ts";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import type { TillDetail, TillRow } from "#protocol/hq/tills.ts";
import type { Answer, ApiProblem } from "../ask.ts";
import { bytesText, dateTimeText, numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { FieldGroup } from "../ui/field-group.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { usePolled } from "../use-polled.ts";
import { PairingCode } from "./pair-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { TillLog } from "./till-log.tsx";
import { TILL_TONES } from "./till-state.ts";
import { clockText, recordsText, troubleText } from "./till-table.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const KINDS: readonly LiveKind[] = ["tills"];

/** One till, whole: how it is, what it has read, its log, and what HQ can do about it. */
export function TillSheet({
  id,
  onChanged,
  onClose,
}: {
  readonly id: DeviceId;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const { shops } = useApi();
  const { data, problem, reload } = usePolled(
    useCallback(() => shops.till(id), [shops, id]),
    REFRESH_MS,
    KINDS,
  );
  const changed = () => {
    reload();
    onChanged();
  };
  return (
    <Sheet
      title={data === null ? t("nav.tills") : `${tillText(data.till)} · ${data.till.storeName}`}
      closeLabel={t("common.close")}
      isWide
      onClose={onClose}
    >
      <ProblemNote problem={problem} />
      {data !== null && (
        <div className="grid gap-8 lg:grid-cols-2">
          <div className="space-y-6">
            <Facts detail={data} />
            <May right="tills.manage">
              <NameForm till={data.till} onChanged={changed} />
              <Standing till={data.till} onChanged={changed} />
            </May>
          </div>
          <div className="min-w-0 space-y-6">
            <TillLog detail={data} onAsked={reload} />
            <Replicas replicas={data.replicas} />
          </div>
        </div>
      )}
    </Sheet>
  );
}

function Facts({ detail: { till, acknowledged } }: { readonly detail: TillDetail }) {
  const { health } = till;
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [
      t("tills.state"),
      <Badge key="state" tone={TILL_TONES[till.state]}>
        {t(`tills.state.${till.state}`)}
      </Badge>,
    ],
    [t("tills.seen"), till.lastSeenAt === null ? t("tills.never") : <When key="seen" at={till.lastSeenAt} />],
    ...(till.letInAt === null ? [] : [[t("tills.letIn.at"), dateTimeText(till.letInAt)] as const]),
    [t("tills.version"), till.version ?? t("updates.unknown")],
    [t("tills.clock"), clockText(till)],
    [t("tills.health.received"), numberText(acknowledged)],
    [t("tills.health.epoch"), numberText(till.epoch)],
    ...(health === null
      ? [[t("tills.health"), t("tills.notSaid")] as const]
      : ([
          [t("tills.health.saidAt"), <When key="said" at={health.saidAt} />],
          [t("tills.unsent"), numberText(health.unsent)],
          [
            t("tills.oldestUnsent"),
            health.oldestUnsentAt === null ? t("common.none") : dateTimeText(health.oldestUnsentAt),
          ],
          [t("tills.health.trouble"), troubleText(health.trouble)],
          ...(health.records === undefined
            ? []
            : [
                [
                  t("tills.health.records"),
                  <ul key="records" className="space-y-1">
                    {health.records.map((each) => (
                      <li key={`${each.state} ${each.at}`}>
                        {recordsText(each)} ({dateTimeText(each.at)})
                      </li>
                    ))}
                  </ul>,
                ] as const,
              ]),
          [t("tills.health.database"), sizeText(health.storage.databaseBytes)],
          [t("tills.disk"), sizeText(health.storage.diskFreeBytes)],
          [
            t("tills.health.platform"),
            `${health.platform.os}, ${health.platform.arch}, ${health.platform.runtime}`,
          ],
          [t("tills.health.startedAt"), dateTimeText(health.startedAt)],
          ...health.devices.map(
            ({ kind, name, trouble }) =>
              [`${t(`tills.device.${kind}`)} ${name}`, troubleText(trouble)] as const,
          ),
        ] as const)),
  ];
  return (
    <FieldGroup title={t("tills.health")}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="figures">{value}</dd>
          </div>
        ))}
      </dl>
    </FieldGroup>
  );
}

function sizeText(bytes: number | null): string {
  return bytes === null ? t("common.none") : bytesText(bytes);
}

function NameForm({ till, onChanged }: { readonly till: TillRow; readonly onChanged: () => void }) {
  const { shops } = useApi();
  /** What is typed, and once it is saved, the name it was saved in the place of: until the server tells another one than that. */
  const [typed, setTyped] = useState<{ readonly name: string; readonly insteadOf: string | null } | null>(
    null,
  );
  const saving = useSaving();
  if (typed !== null && typed.insteadOf !== null && typed.insteadOf !== till.name) setTyped(null);
  const name = typed?.name ?? till.name;
  function submit(event: FormEvent) {
    event.preventDefault();
    saving.save(async () => {
      const answer = await shops.renameTill(till.id, name);
      if (!answer.ok) return answer;
      // What was typed meanwhile is not saved.
      setTyped((now) => (now !== null && now === typed ? { name, insteadOf: till.name } : now));
      onChanged();
      return answer;
    });
  }
  return (
    <form onSubmit={submit} className="space-y-3">
      <TextField
        label={t("tills.name")}
        value={name}
        onChange={(text) => {
          setTyped({ name: text, insteadOf: null });
          saving.forget();
        }}
      />
      <SaveRow saving={saving} done={t("tills.renamed")} label={t("tills.rename")} />
    </form>
  );
}

/** Taking a till out of service, and back into it: the second undoes the first. */
function Standing({ till, onChanged }: { readonly till: TillRow; readonly onChanged: () => void }) {
  const api = useApi();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isRevoked = till.state === "revoked";
  async function act(work: () => Promise<Answer<unknown>>): Promise<void> {
    const answer = await work();
    setProblem(answer.ok ? null : answer.reason);
    onChanged();
  }
  return (
    <section className="space-y-3 border-line border-t pt-4">
      <ProblemNote problem={problem} />
      <p className="text-soft text-sm">{isRevoked ? t("tills.restore.lead") : t("tills.revokeLead")}</p>
      {isRevoked ? (
        <Button onPress={() => act(() => api.shops.restoreTill(till.id))}>{t("tills.restore")}</Button>
      ) : (
        <Button look="danger" onPress={() => act(() => api.revoke(till.id))}>
          {t("tills.revoke")}
        </Button>
      )}
      <Replacing till={till} />
    </section>
  );
}

/** The register goes on at another machine: by a code that is its own. */
function Replacing({ till }: { readonly till: TillRow }) {
  const { shops } = useApi();
  const [code, setCode] = useState<PairAnswer | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  async function make(): Promise<void> {
    const answer = await shops.replaceTill(till.id);
    if (answer.ok) setCode(answer.value);
    setProblem(answer.ok ? null : answer.reason);
  }
  return (
    <div className="space-y-3 border-line border-t pt-4" aria-live="polite">
      <ProblemNote problem={problem} />
      {code === null ? (
        <>
          <p className="text-soft text-sm">{t("tills.replace.lead")}</p>
          <Button onPress={() => make()}>{t("tills.replace")}</Button>
        </>
      ) : (
        <PairingCode made={code} lead={t("tills.replace.scan")} />
      )}
    </div>
  );
}

function Replicas({ replicas }: { readonly replicas: TillDetail["replicas"] }) {
  if (replicas.length === 0) return null;
  return (
    <FieldGroup title={t("tills.replicas")}>
      <Table
        label={t("tills.replicas")}
        columns={[
          { title: t("tills.replicas.collection") },
          { title: t("tills.replicas.feed") },
          { title: t("tills.replicas.behind"), align: "right" },
        ]}
      >
        {replicas.map(({ collection, feed, reached, head }) => (
          <Row key={`${collection} ${feed}`}>
            <Cell>{collection}</Cell>
            <Cell className="max-w-48 truncate text-soft text-sm">{feed}</Cell>
            <Cell align="right">
              {head <= reached ? t("tills.replicas.upToDate") : numberText(head - reached)}
            </Cell>
          </Row>
        ))}
      </Table>
    </FieldGroup>
  );
}
