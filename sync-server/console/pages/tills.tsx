import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import type { DeviceRow, PairAnswer, StoreRow } from "#protocol/hq/console.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText, timeText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";
import { TillBadge } from "./till-badge.tsx";
import { UpdatesPanel } from "./updates-panel.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
/** A clock that is off by less matters to nobody. */
const CLOCK_TOLERANCE_MS = 5_000;
const SECOND_MS = 1_000;

export function TillsPage() {
  const api = useApi();
  const devices = usePolled(api.devices, REFRESH_MS);
  const stores = usePolled(api.stores, REFRESH_MS);
  const [code, setCode] = useState<PairAnswer | null>(null);
  const [leaving, setLeaving] = useState<DeviceRow | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function makeCode(store: StoreRow) {
    const answer = await api.pairingCode(store.code);
    if (answer.ok) setCode(answer.value);
    setProblem(answer.ok ? null : answer.reason);
  }

  async function revoke(till: DeviceRow) {
    setLeaving(null);
    const answer = await api.revoke(till.id);
    setProblem(answer.ok ? null : answer.reason);
    devices.reload();
  }

  return (
    <>
      <PageTitle title={t("nav.tills")} />
      <ProblemNote problem={problem ?? devices.problem} />
      <Panel title={t("tills.pairTitle")} className="mb-5">
        <div className="flex flex-wrap items-center gap-3 px-5 py-4">
          <p className="mr-auto text-soft">{t("tills.pairLead")}</p>
          <div className="flex flex-wrap gap-3">
            {stores.data?.stores.map((store) => (
              <Button
                key={store.id}
                aria-label={t("tills.pairFor", { store: store.name })}
                onPress={() => void makeCode(store)}
              >
                {store.name}
              </Button>
            ))}
          </div>
        </div>
      </Panel>
      <Panel>
        {devices.data?.devices.length === 0 ? (
          <Empty icon={<MonitorSmartphone aria-hidden size={32} />}>{t("tills.none")}</Empty>
        ) : (
          <TillTable tills={devices.data?.devices ?? []} onRevoke={setLeaving} />
        )}
      </Panel>
      <UpdatesPanel />
      {code !== null && <CodeSheet code={code} onClose={() => setCode(null)} />}
      {leaving !== null && (
        <RevokeSheet till={leaving} onClose={() => setLeaving(null)} onRevoke={() => void revoke(leaving)} />
      )}
    </>
  );
}

function TillTable({
  tills,
  onRevoke,
}: {
  readonly tills: readonly DeviceRow[];
  readonly onRevoke: (till: DeviceRow) => void;
}) {
  return (
    <Table
      label={t("nav.tills")}
      columns={[
        { title: t("tills.store") },
        { title: t("tills.till") },
        { title: t("tills.seen") },
        { title: t("tills.acknowledged"), align: "right" },
        { title: t("tills.clock") },
        { title: t("tills.version") },
        { title: "" },
        { title: " " },
      ]}
    >
      {tills.map((till) => (
        <Row key={till.id} className={till.revoked ? "text-soft" : ""}>
          <Cell className="font-medium">{till.store}</Cell>
          <Cell>
            {t("tills.register", { register: till.register })}
            <span className="block text-soft text-sm">{till.name}</span>
          </Cell>
          <Cell>{till.lastSeenAt === null ? t("tills.never") : <When at={till.lastSeenAt} />}</Cell>
          <Cell align="right">{numberText(till.acknowledged)}</Cell>
          <Cell className="figures">{clockText(till)}</Cell>
          <Cell className="figures">{till.version ?? t("updates.unknown")}</Cell>
          <Cell>
            <TillBadge till={till} />
          </Cell>
          <Cell align="right">
            {!till.revoked && (
              <Button look="quietDanger" onPress={() => onRevoke(till)} className="-mr-4">
                {t("tills.revoke")}
              </Button>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function clockText({ clockOffsetMs }: DeviceRow): string {
  if (Math.abs(clockOffsetMs) < CLOCK_TOLERANCE_MS) return t("tills.clockRight");
  return t("tills.clockOff", { seconds: numberText(Math.round(clockOffsetMs / SECOND_MS)) });
}

function CodeSheet({ code, onClose }: { readonly code: PairAnswer; readonly onClose: () => void }) {
  return (
    <Sheet
      title={t("tills.codeFor", { store: code.storeName })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <p className="figures my-6 select-all rounded-2xl bg-brand-soft py-8 text-center font-bold font-mono text-5xl text-brand-strong tracking-widest">
        {code.code}
      </p>
      <p className="text-center text-soft">{t("tills.codeUntil", { time: timeText(code.expiresAt) })}</p>
    </Sheet>
  );
}

function RevokeSheet({
  till,
  onClose,
  onRevoke,
}: {
  readonly till: DeviceRow;
  readonly onClose: () => void;
  readonly onRevoke: () => void;
}) {
  return (
    <Sheet
      title={t("tills.revokeTitle", { register: till.register, store: till.store })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <p className="text-soft">{t("tills.revokeLead")}</p>
      <div className="mt-6 flex justify-end gap-3">
        <Button onPress={onClose}>{t("common.cancel")}</Button>
        <Button look="danger" onPress={onRevoke}>
          {t("tills.revoke")}
        </Button>
      </div>
    </Sheet>
  );
}
