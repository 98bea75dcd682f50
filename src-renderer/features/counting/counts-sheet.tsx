import { useEffect, useState } from "react";
import type { CountId } from "#domain/ids.ts";
import type { CountCard } from "#protocol/till/counts.ts";
import { timeText } from "../../app/format.ts";
import { useTill } from "../../app/till.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { beginArea, finishCount } from "./acts.ts";
import { AreaSheet } from "./area-sheet.tsx";
import { dueWords, scopeWords } from "./count-words.ts";

const MAX_AREA_CHARS = 60;

/** A count that HQ asks for: its areas, or the one that is being counted at this till, which is finished also where HQ asks no more. */
export function CountsSheet({
  count: id,
  onClose,
}: {
  readonly count: CountId;
  readonly onClose: () => void;
}) {
  const { counts, area } = useTill((till) => till.counts);
  const count = counts.find((each) => each.id === id);
  const isInHand = area?.count === id;
  const isOver = !isInHand && count === undefined;
  useEffect(() => {
    if (isOver) onClose();
  }, [isOver, onClose]);
  if (isInHand) return <AreaSheet area={area} onClose={onClose} />;
  return count === undefined ? null : <AreasSheet count={count} onClose={onClose} />;
}

/** Which areas were counted, and the next one. */
function AreasSheet({ count, onClose }: { readonly count: CountCard; readonly onClose: () => void }) {
  return (
    <Sheet
      title={t("counting.card", { name: count.name })}
      closeLabel={t("app.close")}
      onClose={onClose}
      footer={<FinishCount count={count} onDone={onClose} />}
    >
      <div className="flex flex-col gap-4">
        <div className="text-ink-soft">
          <p className="font-semibold text-ink">{scopeWords(count)}</p>
          <p>{dueWords(count)}</p>
          {count.note === "" ? null : <p className="font-semibold text-ink">{count.note}</p>}
        </div>
        <BeginArea count={count} />
        <section className="flex flex-col gap-2">
          <h3 className="font-bold">{t("counting.told")}</h3>
          {count.areas.length === 0 ? (
            <p className="text-ink-soft">{t("counting.noneTold")}</p>
          ) : (
            <ul className="flex flex-col gap-1">
              {count.areas.toReversed().map((area) => (
                <li
                  key={`${area.area} ${area.register} ${area.at}`}
                  className="rounded-xl bg-sunken px-4 py-2"
                >
                  <span className="font-semibold">{area.area}</span>
                  <span className="figures block text-ink-soft text-sm">
                    {[
                      t("counting.areaLine", {
                        register: area.register,
                        articles: area.articles,
                        pieces: area.pieces,
                      }),
                      area.staff,
                      timeText(area.at),
                    ]
                      .filter((text) => text !== "")
                      .map(apart)
                      .join(" · ")}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </Sheet>
  );
}

/** The name of the next area. One that was counted already is asked about once more. */
function BeginArea({ count }: { readonly count: CountCard }) {
  const [name, setName] = useState("");
  const [known, setKnown] = useState<string | null>(null);
  const area = name.trim();
  const isKnown = known !== null && known === area;
  async function begin(): Promise<void> {
    if (area === "") return;
    if ((await beginArea(count.id, area, isKnown)) === "counted") setKnown(area);
  }
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <Field
        label={t("counting.area")}
        hint={t("counting.areaHint")}
        data-first-focus
        value={name}
        autoComplete="off"
        maxLength={MAX_AREA_CHARS}
        onChange={(event) => setName(event.target.value)}
      />
      {isKnown ? (
        <p role="status" className="rounded-2xl bg-warn-soft p-4 text-warn">
          {t("counting.again", { area })}
        </p>
      ) : null}
      <Button type="submit" look="primary" size="huge" disabled={area === ""}>
        {t(isKnown ? "counting.beginAgain" : "counting.begin")}
      </Button>
    </form>
  );
}

/** There is no undo: the first press says what the second does. */
function FinishCount({ count, onDone }: { readonly count: CountCard; readonly onDone: () => void }) {
  const [armed, setArmed] = useState(false);
  async function finish(): Promise<void> {
    if (await finishCount(count)) onDone();
  }
  return (
    <div className="flex flex-col gap-2">
      {armed ? <p role="status">{t("counting.finish.what")}</p> : null}
      <Button
        look={armed ? "primary" : "plain"}
        size="large"
        className="w-full"
        onClick={() => (armed ? void finish() : setArmed(true))}
      >
        {t("counting.finish")}
      </Button>
    </div>
  );
}
