import { useCallback, useState } from "react";
import type { CouponSeriesId, PromotionId } from "#domain/ids.ts";
import { type CouponSeries, MAX_COUPONS_PER_SERIES } from "#protocol/hq/coupons.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useNewest } from "../use-newest.ts";
import { usePolled } from "../use-polled.ts";
import { download } from "./download.ts";
import { ProblemNote } from "./problem-note.tsx";
import type { Coupon } from "./promotion-coupons.tsx";
import { Complaint, useSaving } from "./save-row.tsx";
import { wholeNumber } from "./typed.ts";
import { When } from "./when.tsx";

const REFRESH_MS = 10_000;

/** What was made and used of a promotion's coupons; forms of their own, besides that of the promotion. */
export function PromotionCodes({
  promotion,
  kind,
}: {
  readonly promotion: PromotionId;
  readonly kind: NonNullable<Coupon>["kind"];
}) {
  const { returns } = useApi();
  const load = useCallback(() => returns.coupons(promotion), [returns, promotion]);
  const { data, problem, reload } = usePolled(load, REFRESH_MS);
  if (data === null) return <ProblemNote problem={problem} />;
  if (kind === "word")
    return <p className="text-soft">{t("coupons.usedByWord", { count: numberText(data.usedByWord) })}</p>;
  return (
    <section aria-label={t("coupons.codes")} className="space-y-4 rounded-xl border border-line px-4 py-4">
      <ProblemNote problem={problem} />
      <MakeCodes promotion={promotion} onMade={reload} />
      {data.series.length > 0 && <SeriesTable series={data.series} onRevoked={reload} />}
      {data.series.length > 0 && <RevokeCode />}
    </section>
  );
}

function MakeCodes({ promotion, onMade }: { readonly promotion: PromotionId; readonly onMade: () => void }) {
  const { returns } = useApi();
  const [count, setCount] = useState("100");
  const [uses, setUses] = useState("1");
  const [told, setTold] = useState("");
  const saving = useSaving();

  function make(): void {
    const wanted = { count: wholeNumber(count) ?? 0, uses: wholeNumber(uses) ?? 0 };
    setTold("");
    if (wanted.count < 1 || wanted.count > MAX_COUPONS_PER_SERIES || wanted.uses < 1) {
      saving.complain(t("coupons.wrong"));
      return;
    }
    saving.save(async () => {
      const answer = await returns.makeCoupons(promotion, wanted);
      onMade();
      if (!answer.ok) return answer;
      const { series, codes } = answer.value;
      download(
        new Blob([["code", ...codes, ""].join("\r\n")], { type: "text/csv" }),
        `coupons-${series.id}.csv`,
      );
      setTold(t("coupons.made", { count: numberText(codes.length) }));
      return answer;
    });
  }

  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField label={t("coupons.count")} value={count} onChange={setCount} />
        <TextField label={t("coupons.uses")} hint={t("coupons.uses.hint")} value={uses} onChange={setUses} />
      </div>
      <p className="text-soft">{t("coupons.makeLead")}</p>
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" isDisabled={saving.state === "busy"}>
          {t("coupons.make")}
        </Button>
        <Complaint saving={saving} />
        <p role="status">{told}</p>
      </div>
    </form>
  );
}

function SeriesTable({
  series,
  onRevoked,
}: {
  readonly series: readonly CouponSeries[];
  readonly onRevoked: () => void;
}) {
  const { returns } = useApi();
  const [leaving, setLeaving] = useState<CouponSeriesId | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function revoke(id: CouponSeriesId): Promise<void> {
    const answer = await returns.revokeCoupons({ series: id });
    setProblem(answer.ok ? null : answer.reason);
    setLeaving((now) => (now === id ? null : now));
    onRevoked();
  }

  return (
    <>
      <ProblemNote problem={problem} />
      <Table
        label={t("coupons.series")}
        columns={[
          { title: t("coupons.series") },
          { title: t("coupons.madeAt") },
          { title: t("coupons.codes"), align: "right" },
          { title: t("coupons.used"), align: "right" },
          { title: "", align: "right" },
        ]}
      >
        {series.map(({ id, madeAt, count, used, revokedAt }) => (
          <Row key={id} className={revokedAt === null ? "" : "text-soft"}>
            <Cell className="figures font-medium">{id}</Cell>
            <Cell>
              <When at={madeAt} />
            </Cell>
            <Cell align="right">{numberText(count)}</Cell>
            <Cell align="right">{numberText(used)}</Cell>
            <Cell align="right">
              {revokedAt !== null ? (
                t("coupons.revoked")
              ) : leaving === id ? (
                <Button
                  look="danger"
                  aria-label={t("coupons.revokeNowOf", { series: id })}
                  onPress={() => revoke(id)}
                >
                  {t("coupons.revokeNow")}
                </Button>
              ) : (
                <Button
                  look="quietDanger"
                  aria-label={t("coupons.revokeOf", { series: id })}
                  onPress={() => setLeaving(id)}
                >
                  {t("coupons.revoke")}
                </Button>
              )}
            </Cell>
          </Row>
        ))}
      </Table>
    </>
  );
}

function RevokeCode() {
  const { returns } = useApi();
  const [code, setCode] = useState("");
  const [isDone, setDone] = useState(false);
  const saving = useSaving();
  const newest = useNewest();

  function revoke(): void {
    if (code.trim() === "") return;
    saving.save(async () => {
      const isStill = newest.ask();
      const answer = await returns.revokeCoupons({ code });
      // Whoever types the next one is not told that it is revoked.
      if (answer.ok && isStill()) {
        setDone(true);
        setCode("");
      }
      return answer;
    });
  }

  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        revoke();
      }}
    >
      <TextField
        label={t("coupons.revokeCode")}
        value={code}
        onChange={(typed) => {
          setCode(typed);
          setDone(false);
          newest.forget();
          saving.forget();
        }}
      />
      <Button look="quietDanger" type="submit" isDisabled={code.trim() === "" || saving.state === "busy"}>
        {t("coupons.revoke")}
      </Button>
      <Complaint saving={saving} />
      <p role="status">{isDone ? t("coupons.codeRevoked") : ""}</p>
    </form>
  );
}
