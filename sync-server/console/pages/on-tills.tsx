import { MonitorCheck } from "lucide-react";
import { useCallback, useState } from "react";
import { tillText } from "#domain/store/till-text.ts";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import type { AdoptionAnswer } from "#protocol/hq/tills.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { TILL_TONES } from "./till-state.ts";
import { When } from "./when.tsx";

const REFRESH_MS = 2_000;
const KINDS: readonly LiveKind[] = ["tills"];

/**
 * On how many tills a change is, for below or beside whatever has just saved one: `feed` as `sync/feeds.ts` on the server names it (`catalog`,
 * `promotions`, `prices:LIST`, `store:ID`). `seq`: where in the feed the change is; left out, wherever the feed stands as this is first shown, which is
 * behind the change once it was saved. Give it a `key` that changes with each save.
 */
export function OnTills({ feed, seq = null }: { readonly feed: string; readonly seq?: number | null }) {
  const { shops } = useApi();
  const begin = useAskedOnce(useCallback(() => shops.adoption(feed, seq), [shops, feed, seq]));
  if (begin.known === null)
    return (
      <span role="status" className="text-soft text-sm">
        {begin.problem === null ? t("onTills.asking") : null}
      </span>
    );
  return <Followed begin={begin.known} />;
}

function Followed({ begin }: { readonly begin: AdoptionAnswer }) {
  const { shops } = useApi();
  const { feed, seq } = begin;
  const { data } = usePolled(
    useCallback(() => shops.adoption(feed, seq), [shops, feed, seq]),
    REFRESH_MS,
    KINDS,
  );
  const [isOpen, setOpen] = useState(false);
  const now = data ?? begin;
  const text = textOf(now);
  return (
    <>
      <span role="status">
        <button
          type="button"
          onClick={() => setOpen(true)}
          aria-label={t("onTills.show", { text })}
          className="inline-flex min-h-10 items-center gap-2 rounded-lg px-1 text-brand text-sm hover:underline"
        >
          <MonitorCheck aria-hidden size={17} />
          <span className="figures">{text}</span>
        </button>
      </span>
      {isOpen && <MissingSheet adoption={now} onClose={() => setOpen(false)} />}
    </>
  );
}

function textOf({ tills, have }: AdoptionAnswer): string {
  if (tills === 0) return t("onTills.none");
  if (have < tills || tills === 1) return t("onTills.some", { have, tills });
  return tCount("onTills.all", tills);
}

function MissingSheet({
  adoption,
  onClose,
}: {
  readonly adoption: AdoptionAnswer;
  readonly onClose: () => void;
}) {
  return (
    <Sheet title={textOf(adoption)} closeLabel={t("common.close")} onClose={onClose}>
      {adoption.missing.length > 0 && (
        <>
          <p className="mb-3 text-soft">{t("onTills.missing.lead")}</p>
          <Table
            label={t("onTills.missing")}
            columns={[{ title: t("tills.till") }, { title: t("tills.state") }, { title: t("tills.seen") }]}
          >
            {adoption.missing.map((till) => (
              <Row key={till.id}>
                <Cell>
                  <a
                    href={addressOf("tills", { search: tillText(till) })}
                    className="font-medium text-brand hover:underline"
                  >
                    {tillText(till)}
                  </a>
                  <span className="block text-soft text-sm">{till.name}</span>
                </Cell>
                <Cell>
                  <Badge tone={TILL_TONES[till.state]}>{t(`tills.state.${till.state}`)}</Badge>
                </Cell>
                <Cell>{till.lastSeenAt === null ? t("tills.never") : <When at={till.lastSeenAt} />}</Cell>
              </Row>
            ))}
          </Table>
        </>
      )}
    </Sheet>
  );
}
