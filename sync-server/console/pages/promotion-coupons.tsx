import { useCallback, useState } from "react";
import type { CouponSeriesId, PromotionId } from "#domain/ids.ts";
import type { PromotionConditions } from "#domain/promotions/promotion.ts";
import { type CouponSeries, MAX_COUPONS_PER_SERIES } from "#protocol/hq/coupons.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { usePolled } from "../use-polled.ts";
import { withCoupon } from "./coupon-terms.ts";
import { download } from "./download.ts";
import { ProblemNote } from "./problem-note.tsx";
import { wholeNumber } from "./typed.ts";
import { When } from "./when.tsx";

type Coupon = PromotionConditions["coupon"];
type Kind = "none" | NonNullable<Coupon>["kind"];

const KINDS: readonly Kind[] = ["none", "word", "codes"];
const REFRESH_MS = 10_000;

/** Whether a promotion asks for a coupon, and the codes that were made for it. */
export function PromotionCoupons({
  promotion,
  when = {},
  saved,
  onChange,
}: {
  readonly promotion: PromotionId;
  readonly when: PromotionConditions | undefined;
  /** As the server has it: codes can be made once the promotion is for them there. */
  readonly saved: Coupon;
  readonly onChange: (when: PromotionConditions | undefined) => void;
}) {
  const { coupon } = when;
  const kind = coupon?.kind ?? "none";
  return (
    <fieldset className="col-span-full space-y-4 rounded-xl border border-line px-4 pt-2 pb-4">
      <legend className="px-1 font-medium text-sm">{t("coupons.title")}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <LabelledSelect
          label={t("coupons.kind")}
          value={kind}
          choices={KINDS.map((value) => ({ value, text: t(`coupons.kind.${value}`) }))}
          onChange={(chosen) => onChange(withCoupon(when, couponOf(chosen)))}
        />
        {coupon?.kind === "word" && (
          <TextField
            label={t("coupons.word")}
            hint={t("coupons.word.hint")}
            value={coupon.word}
            onChange={(word) => onChange(withCoupon(when, { kind: "word", word: word.toUpperCase().trim() }))}
          />
        )}
      </div>
      {kind === "codes" && saved?.kind !== "codes" && <p className="text-soft">{t("coupons.saveFirst")}</p>}
      {saved !== undefined && saved.kind === kind && <Made promotion={promotion} kind={kind} />}
    </fieldset>
  );
}

function couponOf(kind: Kind): Coupon {
  if (kind === "none") return undefined;
  return kind === "word" ? { kind, word: "" } : { kind };
}

/** What was made and used of a promotion's coupons. */
function Made({
  promotion,
  kind,
}: {
  readonly promotion: PromotionId;
  readonly kind: Exclude<Kind, "none">;
}) {
  const { returns } = useApi();
  const load = useCallback(() => returns.coupons(promotion), [returns, promotion]);
  const { data, problem, reload } = usePolled(load, REFRESH_MS);
  if (data === null) return <ProblemNote problem={problem} />;
  if (kind === "word")
    return <p className="text-soft">{t("coupons.usedByWord", { count: numberText(data.usedByWord) })}</p>;
  return (
    <>
      <ProblemNote problem={problem} />
      <MakeCodes promotion={promotion} onMade={reload} />
      {data.series.length > 0 && <SeriesTable series={data.series} onRevoked={reload} />}
      {data.series.length > 0 && <RevokeCode />}
    </>
  );
}

function MakeCodes({ promotion, onMade }: { readonly promotion: PromotionId; readonly onMade: () => void }) {
  const { returns } = useApi();
  const [count, setCount] = useState("100");
  const [uses, setUses] = useState("1");
  const [told, setTold] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function make(): Promise<void> {
    const wanted = { count: wholeNumber(count) ?? 0, uses: wholeNumber(uses) ?? 0 };
    if (wanted.count < 1 || wanted.count > MAX_COUPONS_PER_SERIES || wanted.uses < 1)
      return setTold(t("coupons.wrong"));
    const answer = await returns.makeCoupons(promotion, wanted);
    setProblem(answer.ok ? null : answer.reason);
    if (!answer.ok) return setTold(null);
    const { series, codes } = answer.value;
    download(
      new Blob([["code", ...codes, ""].join("\r\n")], { type: "text/csv" }),
      `coupons-${series.id}.csv`,
    );
    setTold(t("coupons.made", { count: numberText(codes.length) }));
    onMade();
  }

  return (
    <div className="space-y-3">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField label={t("coupons.count")} value={count} onChange={setCount} />
        <TextField label={t("coupons.uses")} hint={t("coupons.uses.hint")} value={uses} onChange={setUses} />
      </div>
      <p className="text-soft">{t("coupons.makeLead")}</p>
      <ProblemNote problem={problem} />
      <div className="flex flex-wrap items-center gap-4">
        <Button onPress={() => make()}>{t("coupons.make")}</Button>
        <p role="status">{told ?? ""}</p>
      </div>
    </div>
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

  async function revoke(id: CouponSeriesId): Promise<void> {
    setLeaving(null);
    await returns.revokeCoupons({ series: id });
    onRevoked();
  }

  return (
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
              <Button look="danger" onPress={() => revoke(id)}>
                {t("coupons.revokeNow")}
              </Button>
            ) : (
              <Button look="quietDanger" onPress={() => setLeaving(id)}>
                {t("coupons.revoke")}
              </Button>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function RevokeCode() {
  const { returns } = useApi();
  const [code, setCode] = useState("");
  const [isDone, setDone] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function revoke(): Promise<void> {
    const answer = await returns.revokeCoupons({ code });
    setProblem(answer.ok ? null : answer.reason);
    setDone(answer.ok);
    if (answer.ok) setCode("");
  }

  return (
    <div className="space-y-2">
      <ProblemNote problem={problem} />
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label={t("coupons.revokeCode")}
          value={code}
          onChange={(typed) => {
            setCode(typed);
            setDone(false);
          }}
        />
        <Button look="quietDanger" isDisabled={code.trim() === ""} onPress={() => revoke()}>
          {t("coupons.revoke")}
        </Button>
        <p role="status">{isDone ? t("coupons.codeRevoked") : ""}</p>
      </div>
    </div>
  );
}
