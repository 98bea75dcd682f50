import { instant } from "#domain/ids.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import type { PromotionsAnswer } from "#protocol/hq/promotions.ts";
import { t } from "../translate.ts";
import { standingAt } from "./promotion-draft.ts";
import { barOf, mondaysFrom } from "./promotion-weeks.ts";

const WEEKS = 12;

/** Twelve weeks from this one on, with a bar for each promotion that holds in them. */
export function PromotionCalendar({
  answer: { promotions, timeZone },
  onEdit,
}: {
  readonly answer: PromotionsAnswer;
  readonly onEdit: (promotion: Promotion) => void;
}) {
  const now = instant(Date.now());
  const mondays = mondaysFrom({ at: now, timeZone, weeks: WEEKS });
  const weeks = { from: mondays[0] ?? now, until: mondays.at(-1) ?? now };
  const today = barOf({ validFrom: now, validUntil: null }, weeks);
  const shown = promotions
    .map((promotion) => ({ promotion, bar: barOf(promotion, weeks) }))
    .flatMap(({ promotion, bar }) => (bar === null ? [] : [{ promotion, bar }]))
    .toSorted((a, b) => a.promotion.validFrom - b.promotion.validFrom);
  if (shown.length === 0) return <p className="px-5 py-10 text-soft">{t("promotions.noneThen")}</p>;
  return (
    <div className="overflow-x-auto px-5 py-4">
      <div className="min-w-[820px]">
        <ol aria-hidden className="mb-2 ml-60 grid grid-cols-12 text-[13px] text-soft">
          {mondays.slice(0, WEEKS).map((monday) => (
            <li key={monday} className="figures border-line border-l pl-1.5">
              {localTimeOf({ at: monday, timeZone }).slice(5, 10)}
            </li>
          ))}
        </ol>
        <ul aria-label={t("promotions.view.calendar")}>
          {shown.map(({ promotion, bar }) => (
            <li key={promotion.id} className="flex min-h-11 items-center border-line border-t">
              <button
                type="button"
                onClick={() => onEdit(promotion)}
                aria-label={t("promotions.edit", { name: promotion.name })}
                className="w-60 shrink-0 truncate pr-3 text-left font-medium text-brand hover:underline"
              >
                {promotion.name}
              </button>
              <div className="relative h-7 grow">
                {today !== null && (
                  <span
                    aria-hidden
                    className="absolute inset-y-0 border-danger border-l-2"
                    style={{ left: `${today.left}%` }}
                  />
                )}
                <span
                  className={`absolute inset-y-1 rounded-md ${standingAt(promotion, now) === "running" ? "bg-brand" : "border-2 border-brand bg-brand-soft"}`}
                  style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
                >
                  <span className="sr-only">{spanText(promotion, timeZone)}</span>
                </span>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function spanText({ validFrom, validUntil }: Promotion, timeZone: string): string {
  const clock = (at: Promotion["validFrom"]): string => localTimeOf({ at, timeZone }).replace("T", " ");
  const until = validUntil === null ? t("common.none") : clock(validUntil);
  return `${t("promotions.from")} ${clock(validFrom)}, ${t("promotions.until")} ${until}`;
}
