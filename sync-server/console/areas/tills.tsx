import { useState } from "react";
import { z } from "zod";
import {
  devicesAnswerSchema,
  type PairAnswer,
  pairAnswerSchema,
  storesAnswerSchema,
} from "#protocol/hq/console.ts";
import { timeText } from "../app/format.ts";
import { hq } from "../app/hq.ts";
import { useHq } from "../app/use-hq.ts";
import { WORDS } from "../i18n/words.ts";
import { Button, Card, Cell, Empty, Table, Tag } from "../ui/parts.tsx";

const CLOCK_TOLERANCE_MS = 120_000;
const MINUTE_MS = 60_000;
const words = WORDS.tills;

/** The tills of all stores, and how a new one joins. */
export function TillsArea() {
  const { data, again } = useHq(devicesAnswerSchema, "/hq/v1/devices");
  const stores = useHq(storesAnswerSchema, "/hq/v1/stores");
  const [code, setCode] = useState<PairAnswer | null>(null);
  return (
    <div className="flex flex-col gap-6">
      <Card title={words.pair}>
        <div className="flex flex-wrap items-center gap-3 p-5">
          {stores.data?.stores.map((store) => (
            <Button
              key={store.code}
              onClick={() =>
                void hq(pairAnswerSchema, "/hq/v1/pairing-codes", {
                  method: "POST",
                  json: { store: store.code },
                }).then(setCode)
              }
            >
              {words.code(store.name)}
            </Button>
          ))}
        </div>
        {code === null ? null : (
          <div role="status" className="border-line border-t bg-brand-soft p-6">
            <p className="font-semibold">{words.code(code.storeName)}</p>
            <p className="figures font-extrabold text-5xl tracking-widest">{code.code}</p>
            <p className="mt-1 text-ink-soft">{words.codeHint(timeText(code.expiresAt))}</p>
          </div>
        )}
      </Card>
      <Card title={words.title}>
        {data?.devices.length === 0 ? <Empty>{words.none}</Empty> : null}
        <Table
          heads={[
            { label: words.till },
            { label: words.seen },
            { label: words.entries, right: true },
            { label: words.clock },
            { label: words.state },
            { label: "" },
          ]}
        >
          {data?.devices.map((device) => (
            <tr key={device.id}>
              <Cell>
                <span className="font-semibold">
                  {device.store}-{String(device.register).padStart(2, "0")}
                </span>{" "}
                <span className="text-ink-soft">{device.name}</span>
              </Cell>
              <Cell soft>{device.lastSeenAt === null ? words.never : timeText(device.lastSeenAt)}</Cell>
              <Cell right>{device.acknowledged}</Cell>
              <Cell>
                {Math.abs(device.clockOffsetMs) > CLOCK_TOLERANCE_MS ? (
                  <Tag mood="warn">{words.off(Math.round(device.clockOffsetMs / MINUTE_MS))}</Tag>
                ) : (
                  words.inStep
                )}
              </Cell>
              <Cell>
                {device.revoked ? (
                  <Tag mood="bad">{words.revoked}</Tag>
                ) : (
                  <Tag mood="good">{words.active}</Tag>
                )}
              </Cell>
              <Cell right>{device.revoked ? null : <Revoke device={device.id} onDone={again} />}</Cell>
            </tr>
          ))}
        </Table>
      </Card>
    </div>
  );
}

/** Two presses: a till that is revoked wipes what it read and has to be paired again. */
function Revoke({ device, onDone }: { readonly device: string; readonly onDone: () => void }) {
  const [sure, setSure] = useState(false);
  if (!sure) return <Button onClick={() => setSure(true)}>{words.revoke}</Button>;
  return (
    <Button
      look="danger"
      onClick={() =>
        void hq(z.object({}), `/hq/v1/devices/${device}/revoke`, { method: "POST" }).then(onDone)
      }
    >
      {words.confirm}
    </Button>
  );
}
