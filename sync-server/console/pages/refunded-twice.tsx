import type { ExceptionRow } from "#protocol/hq/orders.ts";
import { dateTimeText } from "../format.ts";
import { t } from "../translate.ts";

const SIDES = ["first", "second"] as const;

/** Both refunds of the same goods side by side: which till, who, how much and when; and what was paid for them. */
export function RefundedTwice({
  detail,
  onFind,
}: {
  readonly detail: ExceptionRow["detail"];
  readonly onFind: (number: string) => void;
}) {
  const { number = "", paid = "", givenBack = "", returns = "", customer = "" } = detail;
  return (
    <div className="mt-2 space-y-3 text-sm">
      <div className="grid gap-3 sm:grid-cols-2">
        {SIDES.filter((side) => detail[`${side}Amount`] !== undefined).map((side) => (
          <div key={side} className="rounded-xl border border-line px-4 py-2.5">
            <p className="flex justify-between gap-3 font-medium">
              <span>{placeOf(detail, side)}</span>
              <span className="figures whitespace-nowrap">{detail[`${side}Amount`]}</span>
            </p>
            <p className="text-soft">
              {[detail[`${side}Staff`] ?? "", timeText(detail[`${side}At`] ?? "")]
                .filter((text) => text !== "")
                .join(" · ")}
            </p>
          </div>
        ))}
      </div>
      <p className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <button
          type="button"
          onClick={() => onFind(number)}
          aria-label={t("purchases.open", { number })}
          className="figures font-medium text-brand hover:underline"
        >
          {number}
        </button>
        <span className="figures">{t("refundedTwice.sums", { paid, givenBack })}</span>
        {returns !== "" && <span>{t("refundedTwice.returns", { returns })}</span>}
        {customer !== "" && <span>{customer}</span>}
      </p>
    </div>
  );
}

/** What came by mail, or was given back by its shop, has no register. */
function placeOf(detail: ExceptionRow["detail"], side: (typeof SIDES)[number]): string {
  const store = detail[`${side}Store`] ?? "";
  const register = detail[`${side}Register`];
  if (register !== undefined) return t("refundedTwice.till", { store, register });
  return store === "" ? t("returns.byMail") : t("refundedTwice.elsewhere", { place: store });
}

function timeText(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : dateTimeText(at);
}
